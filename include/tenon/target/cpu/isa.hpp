#pragma once

#include <exception>
#include <initializer_list>

#if __STDC_HOSTED__
#include <cstdio>
#include <cstdlib>
#include <cstring>
#endif

#include <tenon/support/config.hpp>

#define TENON_CPU_ALWAYS TENON_ALWAYS

// The sets of instructions that one translation unit can hold. TENON_CPU_ISAS is a sum of them.
#define TENON_CPU_SCALAR 1
#define TENON_CPU_SSE2 2
#define TENON_CPU_AVX2 4
#define TENON_CPU_AVX512 8
#define TENON_CPU_AVX512_DOT 16
#define TENON_CPU_XSIMD_NATIVE 32

#if !defined(TENON_CPU_ISAS)
#if defined(TENON_CPU_XSIMD)
#define TENON_CPU_ISAS TENON_CPU_XSIMD_NATIVE
#elif defined(__x86_64__)
#if defined(__AVX512VNNI__) && defined(__AVX512BF16__) && defined(__AVX512VBMI__) && defined(__AVX512BW__) && \
    defined(__AVX512DQ__) && defined(__AVX512VL__)
#define TENON_CPU_ISAS TENON_CPU_AVX512_DOT
#elif defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define TENON_CPU_ISAS TENON_CPU_AVX512
#elif defined(__AVX2__) && defined(__FMA__) && defined(__F16C__) && defined(__BMI2__)
#define TENON_CPU_ISAS TENON_CPU_AVX2
#else
#define TENON_CPU_ISAS (TENON_CPU_SSE2 | TENON_CPU_AVX2 | TENON_CPU_AVX512 | TENON_CPU_AVX512_DOT)
#endif
#elif __STDC_HOSTED__ && defined(__has_include) && __has_include(<xsimd/xsimd.hpp>)
#define TENON_CPU_ISAS TENON_CPU_XSIMD_NATIVE
#else
#define TENON_CPU_ISAS TENON_CPU_SCALAR
#endif
#endif

namespace tenon::cpu {

/// A set of instructions that a kernel is compiled for, from the smallest to the largest.
/// avx2 has fma, f16c and bmi2 with it; avx512 has F, BW, DQ and VL; avx512_dot adds VNNI, BF16 and VBMI.
enum class isa { scalar, sse2, avx2, avx512, avx512_dot, xsimd_native };

/// What is known of a set of instructions before a program runs.
struct isa_facts {
  char const* name;
  int vector_bytes;
  int vector_registers;
};

/// The facts of a set; those of xsimd_native are the ones of the translation unit.
constexpr isa_facts facts_of(isa set) {
  switch (set) {
    case isa::sse2: return {"sse2", 16, 16};
    case isa::avx2: return {"avx2", 32, 16};
    case isa::avx512: return {"avx512", 64, 32};
    case isa::avx512_dot: return {"avx512_dot", 64, 32};
#if defined(__AVX512F__)
    case isa::xsimd_native: return {"xsimd_native", 64, 32};
#elif defined(__AVX__)
    case isa::xsimd_native: return {"xsimd_native", 32, 16};
#elif defined(__aarch64__)
    case isa::xsimd_native: return {"xsimd_native", 16, 32};
#else
    case isa::xsimd_native: return {"xsimd_native", 16, 16};
#endif
    case isa::scalar: break;
  }
  return {"scalar", 8, 16};
}

/// What best_isa throws: the machine, or TENON_ISA, and the program do not fit.
class isa_error : public std::exception {
 public:
  isa_error() = default;
  char const* what() const noexcept override { return text_; }
  char* buffer() { return text_; }
  static constexpr unsigned size = 240;

 private:
  char text_[size] = {};
};

namespace detail {

constexpr bool holds(unsigned sets, isa set) { return ((sets >> static_cast<unsigned>(set)) & 1U) != 0U; }

inline isa probe_machine() {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi2")) {
    return isa::sse2;
  }
  if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw") ||
      !__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("avx512vl")) {
    return isa::avx2;
  }
  if (!__builtin_cpu_supports("avx512vnni") || !__builtin_cpu_supports("avx512bf16") ||
      !__builtin_cpu_supports("avx512vbmi")) {
    return isa::avx512;
  }
  return isa::avx512_dot;
#else
  return isa::scalar;
#endif
}

#if __STDC_HOSTED__
[[noreturn]] inline void refuse_isa(char const* format, char const* a, char const* b) {
  isa_error error;
  std::snprintf(error.buffer(), isa_error::size, format, a, b);
#if defined(__cpp_exceptions)
  throw error;
#else
  std::fprintf(stderr, "%s\n", error.what());
  std::abort();
#endif
}

inline isa ask_environment(isa machine) {
  char const* const asked = std::getenv("TENON_ISA");
  if (asked == nullptr || *asked == '\0') { return machine; }
  for (isa const set : {isa::scalar, isa::sse2, isa::avx2, isa::avx512, isa::avx512_dot}) {
    if (std::strcmp(asked, facts_of(set).name) == 0) {
      if (set > machine) {
        refuse_isa("TENON_ISA=%s: this machine has %s at most; leave TENON_ISA unset", asked, facts_of(machine).name);
      }
      return set;
    }
  }
  refuse_isa("TENON_ISA=%s: there is no such set; it is one of scalar, sse2, avx2, avx512, avx512_dot%s", asked, "");
}
#else
[[noreturn]] inline void refuse_isa(char const*, char const*, char const*) { __builtin_trap(); }
inline isa ask_environment(isa machine) { return machine; }
#endif

}  // namespace detail

/// The largest set that this machine has, or the smaller one that the environment's TENON_ISA asks for. Found out once.
inline isa machine_isa() {
  static isa const found = detail::ask_environment(detail::probe_machine());
  return found;
}

/// The set to run, of those compiled in: the largest one that machine_isa allows.
template <unsigned Sets = static_cast<unsigned>(TENON_CPU_ISAS)>
isa best_isa() {
  if constexpr (detail::holds(Sets, isa::xsimd_native)) { return isa::xsimd_native; }
  isa const machine = machine_isa();
  for (isa const set : {isa::avx512_dot, isa::avx512, isa::avx2, isa::sse2, isa::scalar}) {
    if (set <= machine && detail::holds(Sets, set)) { return set; }
  }
  detail::refuse_isa("this program holds no kernels for %s%s; compile it with a smaller set in TENON_CPU_ISAS",
                     facts_of(machine).name, "");
}

}  // namespace tenon::cpu
