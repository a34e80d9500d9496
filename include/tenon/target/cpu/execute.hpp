#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include <tenon/schedule/instruction_list.hpp>
#include <tenon/target/compiled/scalar_op.hpp>
#include <tenon/target/cpu/execute/facts.hpp>
#include <tenon/target/cpu/vector.hpp>

namespace tenon::cpu {

using compiled::scalar_cast;
using compiled::scalar_op;

}  // namespace tenon::cpu

// One text for every set of instructions, as in vector.hpp.
#if TENON_CPU_ISAS & TENON_CPU_SCALAR
#include <tenon/target/cpu/vector/begin_scalar.inc>
#include <tenon/target/cpu/execute/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_SSE2
#include <tenon/target/cpu/vector/begin_sse2.inc>
#include <tenon/target/cpu/execute/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX2
#include <tenon/target/cpu/vector/begin_avx2.inc>
#include <tenon/target/cpu/execute/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX512
#include <tenon/target/cpu/vector/begin_avx512.inc>
#include <tenon/target/cpu/execute/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX512_DOT
#include <tenon/target/cpu/vector/begin_avx512_dot.inc>
#include <tenon/target/cpu/execute/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_XSIMD_NATIVE
#include <tenon/target/cpu/vector/begin_xsimd.inc>
#include <tenon/target/cpu/execute/body.inc>
#include <tenon/target/cpu/vector/end.inc>
#endif

namespace tenon::cpu {

/// The function that runs kernel K with the instructions of one set.
template <class K, isa Set>
constexpr auto entry_of() {
#if TENON_CPU_ISAS & TENON_CPU_SCALAR
  if constexpr (Set == isa::scalar) return &scalar::enter<K>;
#endif
#if TENON_CPU_ISAS & TENON_CPU_SSE2
  if constexpr (Set == isa::sse2) return &sse2::enter<K>;
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX2
  if constexpr (Set == isa::avx2) return &avx2::enter<K>;
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX512
  if constexpr (Set == isa::avx512) return &avx512::enter<K>;
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX512_DOT
  if constexpr (Set == isa::avx512_dot) return &avx512_dot::enter<K>;
#endif
#if TENON_CPU_ISAS & TENON_CPU_XSIMD_NATIVE
  if constexpr (Set == isa::xsimd_native) return &xsimd_native::enter<K>;
#endif
}

}  // namespace tenon::cpu
