#if !defined(TENON_CPU_ISAS) && defined(__SANITIZE_ADDRESS__)
#define TENON_CPU_ISAS (TENON_CPU_AVX2 | TENON_CPU_AVX512_DOT)
#elif !defined(TENON_CPU_ISAS)
#define TENON_CPU_ISAS (TENON_CPU_SCALAR | TENON_CPU_SSE2 | TENON_CPU_AVX2 | TENON_CPU_AVX512 | TENON_CPU_AVX512_DOT)
#endif
#include "checks.hpp"

#include <cmath>
#include <limits>
#include <utility>

namespace vector_test {

inline constexpr int samples = 40000;
// The sigmoid and the error function of doubles lose up to this much; the others stay at about one.
inline constexpr double exact_double_units = 2.5;

struct error_of {
  double units = 0;
  double relative = 0;
  double absolute = 0;
  double epsilons = 0;
  double greatest = 0;

  template <class T>
  void add(T got, long double truth, long double) {
    T const rounded = std::fabs(static_cast<T>(truth));
    T const unit = std::nextafter(rounded, std::numeric_limits<T>::infinity()) - rounded;
    double const off = static_cast<double>(std::fabs(static_cast<long double>(got) - truth));
    double const in_units = off / static_cast<double>(unit);
    // Written so that what is not a number counts as worst.
    units = in_units <= units ? units : in_units;
    absolute = off <= absolute ? absolute : off;
    if (rounded >= std::numeric_limits<T>::min()) {
      double const share = off / static_cast<double>(rounded);
      relative = share <= relative ? relative : share;
      double const in_epsilons = share / static_cast<double>(std::numeric_limits<T>::epsilon());
      epsilons = in_epsilons <= epsilons ? epsilons : in_epsilons;
    } else {
      epsilons = in_units <= epsilons ? epsilons : in_units;
    }
    greatest = std::fabs(static_cast<double>(got)) <= greatest ? greatest : std::fabs(static_cast<double>(got));
  }
};

inline auto between(double from, double to) {
  return [=](int k) { return from + (to - from) * (static_cast<double>(k) + 0.37) / samples; };
}

inline auto powers(double from, double to) {
  return [=](int k) { return std::exp2(from + (to - from) * (static_cast<double>(k) + 0.37) / samples); };
}

inline long double true_sigmoid(long double x) { return 1 / (1 + std::exp(-x)); }
inline long double true_rsqrt(long double x) { return 1 / std::sqrt(x); }

}  // namespace vector_test

#define CHECK_UP_TO(value, bound) CHECK((value) <= (bound))

#if TENON_CPU_ISAS & TENON_CPU_SCALAR
#include <tenon/target/cpu/vector/begin_scalar.inc>

#include "math.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_SSE2
#include <tenon/target/cpu/vector/begin_sse2.inc>

#include "math.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX2
#include <tenon/target/cpu/vector/begin_avx2.inc>

#include "math.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX512
#include <tenon/target/cpu/vector/begin_avx512.inc>

#include "math.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_AVX512_DOT
#include <tenon/target/cpu/vector/begin_avx512_dot.inc>

#include "math.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
#if TENON_CPU_ISAS & TENON_CPU_XSIMD_NATIVE
#include <tenon/target/cpu/vector/begin_xsimd.inc>

#include "math.inc"
#include <tenon/target/cpu/vector/end.inc>
#endif
