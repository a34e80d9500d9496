#pragma once

// Code of a kernel: for the GPU where nvcc compiles, and for the emulator everywhere else.
#if defined(__CUDACC__)
#define TENON_CUDA_INLINE __device__ __forceinline__
#define TENON_CUDA_UNROLL _Pragma("unroll")
#define TENON_CUDA_ROLL _Pragma("unroll 1")
#else
#define TENON_CUDA_INLINE inline
#define TENON_CUDA_UNROLL
#define TENON_CUDA_ROLL
#endif
