// cuRAND's calls, answered by the standard library's own generator.
#pragma once
#include <random>

#define CURAND_H_
enum curandStatus_t {
    CURAND_STATUS_SUCCESS, CURAND_STATUS_VERSION_MISMATCH, CURAND_STATUS_NOT_INITIALIZED, CURAND_STATUS_ALLOCATION_FAILED,
    CURAND_STATUS_TYPE_ERROR, CURAND_STATUS_OUT_OF_RANGE, CURAND_STATUS_LENGTH_NOT_MULTIPLE,
    CURAND_STATUS_DOUBLE_PRECISION_REQUIRED, CURAND_STATUS_LAUNCH_FAILURE, CURAND_STATUS_PREEXISTING_FAILURE,
    CURAND_STATUS_INITIALIZATION_FAILED, CURAND_STATUS_ARCH_MISMATCH, CURAND_STATUS_INTERNAL_ERROR
};
typedef std::mt19937_64* curandGenerator_t;
enum { CURAND_RNG_PSEUDO_DEFAULT };
inline curandStatus_t curandCreateGenerator(curandGenerator_t* made, int) { *made = new std::mt19937_64; return CURAND_STATUS_SUCCESS; }
inline curandStatus_t curandDestroyGenerator(curandGenerator_t made) { delete made; return CURAND_STATUS_SUCCESS; }
inline curandStatus_t curandSetPseudoRandomGeneratorSeed(curandGenerator_t g, unsigned long long seed) { g->seed(seed); return CURAND_STATUS_SUCCESS; }
inline curandStatus_t curandSetGeneratorOffset(curandGenerator_t, unsigned long long) { return CURAND_STATUS_SUCCESS; }
inline curandStatus_t curandGenerateUniformDouble(curandGenerator_t g, double* place, size_t count)
{
    std::uniform_real_distribution<double> draw;
    for (size_t k = 0; k < count; k++) place[k] = draw(*g);
    return CURAND_STATUS_SUCCESS;
}
inline curandStatus_t curandGenerateNormalDouble(curandGenerator_t g, double* place, size_t count, double mean, double sd)
{
    std::normal_distribution<double> draw(mean, sd);
    for (size_t k = 0; k < count; k++) place[k] = draw(*g);
    return CURAND_STATUS_SUCCESS;
}
inline curandStatus_t curandGeneratePoisson(curandGenerator_t g, unsigned* place, size_t count, double mean)
{
    std::poisson_distribution<unsigned> draw(mean);
    for (size_t k = 0; k < count; k++) place[k] = draw(*g);
    return CURAND_STATUS_SUCCESS;
}
