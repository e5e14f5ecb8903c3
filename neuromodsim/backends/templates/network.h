// The loop over time. Replaces Brian2's: whole-number time steps, recording windows, progress by the
// wall clock, and no call to the operating system within a step.
#ifndef _BRIAN_NETWORK_H
#define _BRIAN_NETWORK_H

#include <cstdint>
#include <vector>
#include "brianlib/clocks.h"

typedef void (*codeobj_func)();

class Network
{
    struct Entry { Clock* clock; codeobj_func func; int64_t first, last; };
    std::vector<Entry> entries;
public:
    double t = 0.0;
    static double _last_run_time;
    static double _last_run_completed_fraction;
    static bool _globally_stopped;
    static bool _globally_running;
    void clear() { entries.clear(); }
    void add(Clock* clock, codeobj_func func);
    void run(double, void (*)(double, double, double, double), double);
};

#endif
