#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include "objects.h"
{% if cuda %}
#include "brianlib/cuda_utils.h"
{% endif %}
#include "network.h"
#include "neuromodsim_run.h"

double Network::_last_run_time = 0.0;
double Network::_last_run_completed_fraction = 0.0;
bool Network::_globally_stopped = false;
bool Network::_globally_running = false;

void Network::add(Clock* clock, codeobj_func func)
{
    Entry entry = {clock, func, 0, INT64_MAX};
    neuromodsim::window(func, entry.first, entry.last);
    entries.push_back(entry);
}

namespace {
struct Ticking { Clock* clock; int64_t every, next; };

double seconds_since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}
}

{% if not cuda %}
namespace {
// How many of some numbers are none: all bits of the exponent are set.
template <typename T, typename Bits> size_t not_finite(const T* data, size_t rows, Bits exponent)
{
    size_t wrong = 0;
    for (size_t k = 0; k < rows; k++) {
        Bits bits;
        std::memcpy(&bits, data + k, sizeof bits);
        wrong += (bits & exponent) == exponent;
    }
    return wrong;
}

size_t not_finite(const double* data, size_t rows)
{
    return not_finite(data, rows, uint64_t(0x7FF0000000000000));
}

size_t not_finite(const float* data, size_t rows) { return not_finite(data, rows, uint32_t(0x7F800000)); }

template <typename T> void expect_finite(const char* name, const T* data, size_t rows, double seconds)
{
    const size_t wrong = not_finite(data, rows);
    if (!wrong) return;
    std::fprintf(stderr, "{{ not_finite }}\t%s\t%zu\t%zu\t%.9g\n", name, wrong, rows, seconds);
    std::exit(5);
}

void expect_finite(double seconds)
{
    using namespace brian;
    {% for path, place, rows in looked_at %}
    expect_finite("{{ path }}", {{ place }}, {{ rows }}, seconds);
    {% endfor %}
}
}

void neuromodsim::expect_finite_at_end() { expect_finite(neuromodsim::steps() * neuromodsim::time_step()); }
{% endif %}

void Network::run(double, void (*)(double, double, double, double), double)
{
    const int64_t steps = neuromodsim::steps();
    const double dt = neuromodsim::time_step();
    const auto start = std::chrono::steady_clock::now();

    std::vector<Ticking> clocks;
    for (const Entry& entry : entries) {
        bool known = false;
        for (const Ticking& ticking : clocks) known = known || ticking.clock == entry.clock;
        if (!known) clocks.push_back({entry.clock, llround(entry.clock->dt[0] / dt), 0});
    }
    for (Ticking& ticking : clocks) {
        ticking.clock->timestep[0] = 0;
        ticking.clock->t[0] = 0.0;
        {% if cuda %}
        ticking.clock->i_end = (steps + ticking.every - 1) / ticking.every;  // monitors make room for so many
        {% endif %}
    }

    // What runs in every step stands in one list; it changes only where a slow clock is due or a
    // recording window opens or closes.
    std::vector<codeobj_func> present;
    int64_t change = 0;
    double reported = 0.0{% if not cuda %}, looking = 0.0{% endif %};
    _globally_running = true;
    int64_t step = 0;
    for (; step < steps && !_globally_stopped; step++) {
        if (step >= change) {
            present.clear();
            change = steps;
            for (const Entry& entry : entries) {
                int64_t every = 1, next = 0;
                for (const Ticking& ticking : clocks)
                    if (ticking.clock == entry.clock) { every = ticking.every; next = ticking.next; }
                const bool due = next == step && entry.first <= step && step < entry.last;
                if (due && entry.func) present.push_back(entry.func);
                if (every > 1) change = std::min(change, next == step ? step + 1 : next);
                if (entry.first > step) change = std::min(change, entry.first);
                if (entry.last > step) change = std::min(change, entry.last);
            }
        }
        for (codeobj_func func : present) func();
        for (Ticking& ticking : clocks)
            if (ticking.next == step) {
                ticking.clock->tick();
                ticking.next += ticking.every;
            }
        {% for space in eventspaces %}
        brian::current_idx{{ space }} = (brian::current_idx{{ space }} + 1) % brian::dev{{ space }}.size();
        {% endfor %}
        if ((step & 255) == 0) {
            const double elapsed = seconds_since(start);
            if (elapsed - reported > 0.1) {
                reported = elapsed;
                std::printf("progress %.9g %.6g\n", (double)(step + 1) / steps, elapsed);
                std::fflush(stdout);
                {% if not cuda %}
                // However large a network is, this takes less than a hundredth of its time.
                if (elapsed >= looking) {
                    expect_finite((step + 1) * dt);
                    looking = elapsed + 100 * (seconds_since(start) - elapsed);
                }
                {% endif %}
            }
        }
    }
    {% if cuda %}
    CUDA_SAFE_CALL(cudaDeviceSynchronize());
    {% endif %}
    _globally_running = false;
    t = step * dt;
    _last_run_time = seconds_since(start);
    _last_run_completed_fraction = (double)step / steps;
}
