// What a run is given: mapped from inputs.bin, checked, stored or lent, and told back.
#ifndef NEUROMODSIM_RUN_H
#define NEUROMODSIM_RUN_H

#include <cstdint>

namespace neuromodsim {
void read_inputs();                   // before anything is wired
void wire(const char* projection);    // before a projection's synapses are made
void store_inputs();                  // after all are made, before the first step
void window(void (*func)(), int64_t& first, int64_t& last);
void expect_finite_at_end();          // after all is settled
void give_back_tables();              // after the last step
int64_t steps();
double time_step();
}

#endif
