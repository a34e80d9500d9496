#ifndef TENON_CPU_ISAS
#define TENON_CPU_ISAS (TENON_CPU_SCALAR | TENON_CPU_SSE2 | TENON_CPU_AVX2 | TENON_CPU_AVX512 | TENON_CPU_AVX512_DOT)
#endif
#include "checks.hpp"

#include <cmath>

#if TENON_CPU_ISAS & TENON_CPU_SCALAR
#include <tenon/target/cpu/vector/begin_scalar.inc>

#include "arithmetic.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_SSE2
#include <tenon/target/cpu/vector/begin_sse2.inc>

#include "arithmetic.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX2
#include <tenon/target/cpu/vector/begin_avx2.inc>

#include "arithmetic.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX512
#include <tenon/target/cpu/vector/begin_avx512.inc>

#include "arithmetic.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX512_DOT
#include <tenon/target/cpu/vector/begin_avx512_dot.inc>

#include "arithmetic.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_XSIMD_NATIVE
#include <tenon/target/cpu/vector/begin_xsimd.inc>

#include "arithmetic.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
