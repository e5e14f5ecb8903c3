// Where the running numbers of a third factor turned since all weights were last brought up to date, and
// the path of a bounded weight along them. Included by the files that need it; they share one storage.
#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace neuromodsim {

enum { TOUCH = 0, RESTART = 1, LOOK = 2 };

static inline double kept_within(const double value, const double low, const double high)
{
    return value < low ? low : value > high ? high : value;
}

// One storage for each bounded weight (NUMBER) of a program.
template <int NUMBER, int ROWS, int SYNAPSES, int TERMS>
struct Turns {
    struct Row {
        std::vector<double> at;  // TERMS numbers for each turn
        double least[TERMS], most[TERMS];
    };
    static inline Row rows[ROWS];
    static inline std::vector<int32_t> passed;  // turns that each synapse has passed

    // Keep where a row's numbers turn; return how many turns there are.
    static int64_t note(const int64_t turns, const double (&now)[TERMS], const int64_t row)
    {
        Row& here = rows[row];
        if (turns == 0) {
            here.at.clear();
            for (int k = 0; k < TERMS; k++) {
                here.least[k] = std::numeric_limits<double>::infinity();
                here.most[k] = -std::numeric_limits<double>::infinity();
            }
        }
        for (int k = 0; k < TERMS; k++) {
            here.at.push_back(now[k]);
            here.least[k] = std::min(here.least[k], now[k]);
            here.most[k] = std::max(here.most[k], now[k]);
        }
        return turns + 1;
    }

    // Follow a weight from turn to turn, kept within its bounds at each.
    static __attribute__((noinline)) double walk(
        double weight, const double (&share)[TERMS], const double (&now)[TERMS], const double (&last)[TERMS],
        const double low, const double high, const int64_t turns, const int64_t row, const int64_t why,
        const int64_t synapse)
    {
        if (passed.empty()) passed.assign(SYNAPSES, 0);
        const int64_t first = passed[synapse];
        if (why != LOOK) passed[synapse] = why == RESTART ? 0 : (int32_t)turns;
        const Row& here = rows[row];
        double up = 0, down = 0, moved = 0, seen[TERMS];
        for (int k = 0; k < TERMS; k++) {
            seen[k] = last[k];
            const double a = share[k] * (here.least[k] - seen[k]), b = share[k] * (here.most[k] - seen[k]);
            const double end = share[k] * (now[k] - seen[k]);
            up += std::max(std::max(a, b), std::max(end, 0.0));
            down += std::min(std::min(a, b), std::min(end, 0.0));
            moved += end;
        }
        if (first == turns || (weight + up <= high && weight + down >= low))
            return kept_within(weight + moved, low, high);
        for (int64_t turn = first; turn < turns; turn++) {
            moved = 0;
            for (int k = 0; k < TERMS; k++) {
                const double then = here.at[turn * TERMS + k];
                moved += share[k] * (then - seen[k]);
                seen[k] = then;
            }
            weight = kept_within(weight + moved, low, high);
        }
        moved = 0;
        for (int k = 0; k < TERMS; k++) moved += share[k] * (now[k] - seen[k]);
        return kept_within(weight + moved, low, high);
    }
};

}  // namespace neuromodsim
