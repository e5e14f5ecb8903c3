// Where the running numbers of a third factor turned since all weights were last brought up to date, and
// the path of a bounded weight along them. Included by the files that need it; they share one storage.
//
// Which turns a synapse has passed is not kept by synapse, whose memory a column of a matrix would have to
// fetch, but by cell: a spike touches all synapses of a cell at once, so a synapse was last touched when the
// later of its two cells last touched. Where no number has turned since a cell touched, none of its synapses
// has a turn to pass, and the loop over them is one without a question in it (`fresh`, `kept`). Elsewhere each
// is asked one question (`met`), whose answer needs nothing but what the loop has loaded anyway.
#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace neuromodsim {

enum Side { PRE = 0, POST = 1 };

// By value: what std::max refers to is fetched in a branch of its own.
static inline double larger(const double a, const double b) { return a > b ? a : b; }
static inline double smaller(const double a, const double b) { return a < b ? a : b; }

static inline double kept_within(const double value, const double low, const double high)
{
    return value < low ? low : value > high ? high : value;
}

// A product and a sum that are rounded once, and a product that is rounded before it is added: the same in all
// loops, whatever a compiler makes of each, so that no weight depends on the loop that it went through.
static inline double fused(const double a, const double b, const double c)
{
#ifdef __FMA__
    return __builtin_fma(a, b, c);
#else
    return c + a * b;
#endif
}
static inline double rounded(const double value)
{
#ifdef __has_builtin
#if __has_builtin(__builtin_assoc_barrier)
    return __builtin_assoc_barrier(value);
#endif
#endif
    return value;
}

// One storage for each bounded weight (NUMBER) of a program.
template <int NUMBER, int ROWS, int TERMS>
struct Turns {
    struct Numbers { double of[TERMS]; };  // small enough for registers
    struct Row {
        std::vector<double> at;  // TERMS numbers for each turn
        std::vector<int64_t> when;  // how many turns there had been in all, with each
        double least[TERMS], most[TERMS];
    };
    static inline Row rows[ROWS];
    static inline int64_t all = 0;  // turns of all rows since the program began
    static inline std::vector<int64_t> touched[2];  // by side and cell: what `all` was then

    // Make room for the cells of one side.
    static void expect(const Side side, const size_t cells)
    {
        if (touched[side].size() < cells) touched[side].resize(cells);
    }

    // Whether no number has turned since a cell touched all of its synapses.
    static bool fresh(const Side side, const int32_t cell) { return touched[side][cell] == all; }

    static void touch(const Side side, const int32_t cell) { touched[side][cell] = all; }

    static int64_t when_touched(const Side side, const int32_t cell)
    {
        return (size_t)cell < touched[side].size() ? touched[side][cell] : 0;
    }

    // Keep where a row's numbers turn; return how many turns there are.
    static int64_t note(const int64_t turns, const double (&now)[TERMS], const int64_t row)
    {
        Row& here = rows[row];
        if (turns == 0) {
            here.at.clear();
            here.when.clear();
            for (int k = 0; k < TERMS; k++) {
                here.least[k] = std::numeric_limits<double>::infinity();
                here.most[k] = -std::numeric_limits<double>::infinity();
            }
        }
        here.when.push_back(++all);
        for (int k = 0; k < TERMS; k++) {
            here.at.push_back(now[k]);
            here.least[k] = std::min(here.least[k], now[k]);
            here.most[k] = std::max(here.most[k], now[k]);
        }
        return turns + 1;
    }

    // Return where a weight ends while nothing has turned at all.
    static inline double straight(
        double weight, const Numbers share, const Numbers now, const Numbers seen, const double low,
        const double high)
    {
        for (int k = 0; k < TERMS; k++) weight = fused(share.of[k], now.of[k] - seen.of[k], weight);
        return kept_within(weight, low, high);
    }

    // Return where a weight ends that has no turn to pass, or meets no bound on its way.
    static inline double kept(
        const double weight, const Numbers share, const Numbers now, const Numbers seen,
        const double low, const double high)
    {
        double moved = 0;
        for (int k = 0; k < TERMS; k++) moved += rounded(share.of[k] * (now.of[k] - seen.of[k]));
        return kept_within(weight + moved, low, high);
    }

    // Whether a weight may have met a bound at a turn: whether the range of its numbers, from what it has seen
    // to the farthest turns, leads over one. Where none is met at a turn, the rest of the way leads in one
    // direction, and is held at its end. Turns that a synapse has passed may be among those of the range, which
    // costs a walk and is no error.
    static inline bool met(
        const double weight, const Numbers share, const Numbers seen, const double low, const double high,
        const int64_t row)
    {
        const Row& here = rows[ROWS == 1 ? 0 : row];
        double up = 0, down = 0;
        for (int k = 0; k < TERMS; k++) {
            const double most = larger(here.most[k], seen.of[k]);
            const double least = smaller(here.least[k], seen.of[k]);
            const double a = share.of[k] * (most - seen.of[k]), b = share.of[k] * (least - seen.of[k]);
            up += larger(a, b);
            down += smaller(a, b);
        }
        return !(weight + up <= high && weight + down >= low);
    }

    // Follow a weight from turn to turn, kept within its bounds at each, from the first that neither of its
    // cells has passed.
    static __attribute__((noinline)) double walk(
        double weight, const Numbers share, const Numbers now, Numbers seen, const double low,
        const double high, const int64_t turns, const int64_t row, const int32_t pre, const int32_t post)
    {
        const Row& here = rows[row];
        const int64_t passed = std::max(when_touched(PRE, pre), when_touched(POST, post));
        int64_t turn = turns;
        while (turn > 0 && here.when[turn - 1] > passed) turn--;
        for (; turn < turns; turn++) {
            double moved = 0;
            for (int k = 0; k < TERMS; k++) {
                const double then = here.at[turn * TERMS + k];
                moved += share.of[k] * (then - seen.of[k]);
                seen.of[k] = then;
            }
            weight = kept_within(weight + moved, low, high);
        }
        return kept(weight, share, now, seen, low, high);
    }
};

}  // namespace neuromodsim
