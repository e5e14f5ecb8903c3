// Weights that are only looked at now and then, beside the same weights held at their bounds in every step.
#include "neuromodsim_turns.h"
#include <cmath>
#include <cstdio>
#include <random>

using namespace neuromodsim;
constexpr int ROWS = 2, PRE_CELLS = 7, POST_CELLS = 6, STEPS = 20000;
using Kept = Turns<0, ROWS, K_COUNT>;
using Numbers = Kept::Numbers;

struct Synapse { double w, exact, share[K_COUNT], low, high; Numbers seen; };

int main()
{
    std::mt19937 random(1);
    std::uniform_real_distribution<double> any(0, 1);
    std::normal_distribution<double> normal;
    Synapse synapses[PRE_CELLS][POST_CELLS];
    Numbers number[ROWS] = {};
    int64_t turns[ROWS] = {}, low_hits = 0, high_hits = 0, without = 0, followed = 0, tied = 0;
    int way[ROWS] = {};
    double worst = 0;
    for (auto& row : synapses)
        for (auto& s : row) {
            s.low = -any(random), s.high = any(random) < 0.1 ? s.low : s.low + 2 * any(random);
            s.w = s.exact = s.low + any(random) * (s.high - s.low);
            s.seen = {};
            for (double& share : s.share) share = normal(random);
        }
    Kept::expect(PRE, PRE_CELLS);
    Kept::expect(POST, POST_CELLS);
    const auto settled = [&](const Synapse& s, const int pre, const int post, const bool fresh) {
        const int row = post % ROWS;
        Numbers share;
        for (int k = 0; k < K_COUNT; k++) share.of[k] = s.share[k];
        if (turns[row] == 0) return Kept::straight(s.w, share, number[row], s.seen, s.low, s.high);
        if (fresh) return Kept::kept(s.w, share, number[row], s.seen, s.low, s.high);
        followed++;
        if (Kept::met(s.w, share, s.seen, s.low, s.high, row))
            return Kept::walk(s.w, share, number[row], s.seen, s.low, s.high, turns[row], row, pre, post);
        return Kept::kept(s.w, share, number[row], s.seen, s.low, s.high);
    };
    const auto touch = [&](const Side side, const int cell) {
        const bool fresh = Kept::fresh(side, cell);
        without += fresh;
        for (int other = 0; other < (side == PRE ? POST_CELLS : PRE_CELLS); other++) {
            const int pre = side == PRE ? cell : other, post = side == PRE ? other : cell;
            Synapse& s = synapses[pre][post];
            s.w = settled(s, pre, post, fresh);
            s.seen = number[post % ROWS];
            worst = std::max(worst, std::fabs(s.w - s.exact));
            if (any(random) < 0.5) s.share[0] = normal(random);
        }
        Kept::touch(side, cell);
    };
    for (int step = 0; step < STEPS; step++) {
        const bool flush = any(random) < 0.01;
        for (int pre = 0; pre < PRE_CELLS; pre++)
            for (int post = 0; post < POST_CELLS; post++) {  // a look, which changes nothing
                Synapse& s = synapses[pre][post];
                const double now = settled(s, pre, post, false);
                worst = std::max(worst, std::fabs(now - s.exact));
                if (flush) s.w = now, s.seen = {};
            }
        for (int row = 0; row < ROWS; row++) {
            if (flush) turns[row] = 0, number[row] = {};
            double moves[K_COUNT], most = any(random) < 0.1 ? 1 : 0.02;
            int going = 0, heading = way[row];
            for (int k = 0; k < K_COUNT; k++) {
                const bool on = any(random) < (K_COUNT == 1 ? 0.7 : 0.3);
                // Now and then as far back as it came, so that extremes are equal.
                moves[k] = !on ? 0 : most * (any(random) < 0.5 ? 1 : any(random)) * (any(random) < 0.5 ? 1 : -1);
                if (moves[k] != 0) going++, heading = moves[k] > 0 ? k + 1 : -k - 1;
            }
            if (going > 1) heading = K_COUNT + 1;
            else if (going == 0 && way[row] == K_COUNT + 1) heading = -K_COUNT - 1;
            if (way[row] != 0 && way[row] != -K_COUNT - 1 && (heading != way[row] || heading == K_COUNT + 1))
                turns[row] = Kept::note(turns[row], number[row].of, row);
            way[row] = heading;
            for (int k = 0; k < K_COUNT; k++) number[row].of[k] += moves[k];
            for (auto& from : synapses)
                for (int post = row; post < POST_CELLS; post += ROWS) {
                    Synapse& s = from[post];
                    double moved = s.exact;
                    for (int k = 0; k < K_COUNT; k++) moved += s.share[k] * moves[k];
                    s.exact = kept_within(moved, s.low, s.high);
                    low_hits += moved < s.low, high_hits += moved > s.high;
                }
        }
        const bool pre = any(random) < 0.3, post = any(random) < 0.3;
        tied += pre && post;
        if (pre) touch(PRE, random() % PRE_CELLS);
        if (post) touch(POST, random() % POST_CELLS);
        if (any(random) < 0.1) touch(PRE, random() % PRE_CELLS);
    }
    std::printf("%g %ld %ld %ld %ld %ld\n", worst, low_hits, high_hits, without, followed, tied);
}
