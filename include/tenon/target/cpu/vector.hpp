#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <tenon/support/accuracy.hpp>
#include <tenon/support/math.hpp>
#include <tenon/target/cpu/isa.hpp>
#include <tenon/target/cpu/vector/element.hpp>

#if defined(__x86_64__)
#include <immintrin.h>
#endif
#if TENON_CPU_ISAS & TENON_CPU_XSIMD_NATIVE
#include <xsimd/xsimd.hpp>
#endif

// One text for every set of instructions: each body is included once for each set, in a namespace named after it.
#if TENON_CPU_ISAS & TENON_CPU_SCALAR
#include <tenon/target/cpu/vector/begin_scalar.inc>
#include <tenon/target/cpu/vector/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_SSE2
#include <tenon/target/cpu/vector/begin_sse2.inc>
#include <tenon/target/cpu/vector/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX2
#include <tenon/target/cpu/vector/begin_avx2.inc>
#include <tenon/target/cpu/vector/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX512
#include <tenon/target/cpu/vector/begin_avx512.inc>
#include <tenon/target/cpu/vector/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX512_DOT
#include <tenon/target/cpu/vector/begin_avx512_dot.inc>
#include <tenon/target/cpu/vector/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_XSIMD_NATIVE
#include <tenon/target/cpu/vector/begin_xsimd.inc>
#include <tenon/target/cpu/vector/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif
