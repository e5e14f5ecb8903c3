// The synapses of one side of a projection in runs: those of a cell that have one delay, cell by cell and in
// the order of delays. Included by the files that need it; they share one storage.
#pragma once
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace neuromodsim {

struct Runs {
    std::vector<int32_t> order;  // synapses run by run; empty where they lie so
    std::vector<int32_t> begin;  // of each run, and the end of the last
    std::vector<int32_t> steps;  // the delay of each run
    std::vector<int32_t> of_cell;  // the first run of each cell, and how many there are
    std::vector<int32_t> of_synapse;  // the run of each, where it is asked for
    int32_t longest = 0;  // delay

    void arrange(
        const std::vector<int32_t>& cells, const std::vector<double>& delays, const double step,
        const int32_t sources, const bool ask)
    {
        if (!of_cell.empty()) return;
        const int32_t count = (int32_t)cells.size();
        std::vector<int32_t> wait(count);
        for (int32_t k = 0; k < count; k++) {
            wait[k] = (int32_t)(delays[k] / step + 0.5);
            longest = std::max(longest, wait[k]);
        }
        const auto earlier = [&](const int32_t a, const int32_t b) {
            return cells[a] != cells[b] ? cells[a] < cells[b] : wait[a] < wait[b];
        };
        bool sorted = true;
        for (int32_t k = 1; k < count; k++) sorted = sorted && !earlier(k, k - 1);
        if (!sorted) {
            order.resize(count);
            std::iota(order.begin(), order.end(), 0);
            std::stable_sort(order.begin(), order.end(), earlier);
        }
        of_cell.assign(sources + 1, 0);
        if (ask) of_synapse.resize(count);
        for (int32_t p = 0; p < count; p++) {
            const int32_t k = sorted ? p : order[p];
            if (p == 0 || earlier(sorted ? p - 1 : order[p - 1], k)) {
                begin.push_back(p);
                steps.push_back(wait[k]);
                of_cell[cells[k] + 1]++;
            }
            if (ask) of_synapse[k] = (int32_t)steps.size() - 1;
        }
        begin.push_back(count);
        for (int32_t k = 0; k < sources; k++) of_cell[k + 1] += of_cell[k];
    }
};

template <int NUMBER> inline Runs runs;

}  // namespace neuromodsim
