// A GPU made of one thread: kernels are functions that are called for each thread in turn, device memory is
// memory, atomic operations are operations. Whatever threads of one launch may do in any order is done in one.
#pragma once
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmath>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <thrust/copy.h>
#include <thrust/count.h>
#include <thrust/device_vector.h>
#include <thrust/execution_policy.h>
#include <thrust/host_vector.h>
#include <thrust/reduce.h>
#include <thrust/sort.h>
#include <thrust/unique.h>
using namespace std;

#define __global__
#define __device__
#define __host__
#define __shared__
#define __launch_bounds__(...)

struct Index { unsigned x = 0, y = 0, z = 0; };
inline Index threadIdx, blockIdx, blockDim, gridDim;
inline void __syncthreads() {}

template <class Kernel> struct Launch {
    Kernel kernel;
    int blocks, threads;
    template <class... Given> void operator()(Given... given)
    {
        blockDim.x = threads;
        gridDim.x = blocks;
        // Backwards, so that nothing can lean on the order of threads.
        for (int block = blocks - 1; block >= 0; block--)
            for (int thread = threads - 1; thread >= 0; thread--) {
                blockIdx.x = block;
                threadIdx.x = thread;
                kernel(given...);
            }
    }
};
template <class Kernel> Launch<Kernel> launch(Kernel kernel, int blocks, int threads, size_t shared = 0)
{
    return {kernel, blocks, threads};
}

typedef int cudaError;
typedef int cudaError_t;
const int cudaSuccess = 0;
enum { cudaMemcpyHostToDevice, cudaMemcpyDeviceToHost, cudaMemcpyDeviceToDevice, cudaLimitMallocHeapSize };
struct cudaDeviceProp
{
    int multiProcessorCount = 4, maxThreadsPerBlock = 32, maxThreadsPerMultiProcessor = 64, warpSize = 32;
    size_t sharedMemPerBlock = 1 << 15;
};
struct cudaFuncAttributes { int maxThreadsPerBlock = 32, numRegs = 0, sharedSizeBytes = 0, localSizeBytes = 0, constSizeBytes = 0; };
inline const char* cudaGetErrorString(int) { return "none"; }
inline int cudaGetLastError() { return 0; }
inline int cudaSetDevice(int) { return 0; }
inline int cudaGetDeviceProperties(cudaDeviceProp* found, int) { *found = cudaDeviceProp(); return 0; }
inline int cudaDeviceSetLimit(int, size_t) { return 0; }
inline int cudaDeviceSynchronize() { return 0; }
inline int cudaProfilerStart() { return 0; }
inline int cudaProfilerStop() { return 0; }
inline int cudaMemGetInfo(size_t* free, size_t* total) { *free = *total = size_t(1) << 30; return 0; }
template <class T> int cudaMalloc(T** place, size_t bytes) { *place = (T*)malloc(bytes ? bytes : 1); memset(*place, 0xAB, bytes); return 0; }
inline int cudaFree(void* place) { free(place); return 0; }
inline int cudaMemcpy(void* to, const void* from, size_t bytes, int) { memcpy(to, from, bytes); return 0; }
inline int cudaMemset(void* place, int value, size_t bytes) { memset(place, value, bytes); return 0; }
template <class T> int cudaMemcpyToSymbol(T& symbol, const void* from, size_t bytes) { memcpy(&symbol, from, bytes); return 0; }
template <class K> int cudaFuncGetAttributes(cudaFuncAttributes* found, K) { *found = cudaFuncAttributes(); return 0; }
template <class K> int cudaOccupancyMaxPotentialBlockSize(int* least, int* threads, K, size_t, int) { *least = 1; *threads = 32; return 0; }
template <class K> int cudaOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, K, int, size_t) { *blocks = 1; return 0; }

template <class T, class V> T atomicAdd(T* place, V value) { T old = *place; *place += value; return old; }
template <class T> T atomicCAS(T* place, T wanted, T value) { T old = *place; if (old == wanted) *place = value; return old; }
template <class T> T atomicExch(T* place, T value) { T old = *place; *place = value; return old; }
template <class To, class From> To as(From value) { To to; memcpy(&to, &value, sizeof to); return to; }
inline unsigned long long __double_as_longlong(double v) { return as<unsigned long long>(v); }
inline double __longlong_as_double(unsigned long long v) { return as<double>(v); }
inline int __float_as_int(float v) { return as<int>(v); }
inline float __int_as_float(int v) { return as<float>(v); }
inline void __threadfence() {}
