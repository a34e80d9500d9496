#include <tenon/target/cpu/kernel.hpp>

#include "support/both.hpp"
#include "support/kernels.hpp"

namespace {

using namespace tenon;

template <class A, class B, class Sum, int Depth>
struct dot_dense {
  axis<"i", 6> i;
  axis<"p", 3> p;
  axis<"c", 16> c;
  axis<"k", 5> k;
  axis<"q", Depth> q;
  tensor<"x", A, 6, 5, Depth> x;
  tensor<"w", B, 3, 5, 16, Depth> w;
  tensor<"y", Sum, 6, 3, 16> y;

  constexpr auto define() const { return y(i, p, c) = sum(k, q, cast<Sum>(x(i, k, q)) * cast<Sum>(w(p, k, c, q))); }
  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 3), reorder(i.outer, p, k, i.inner, c, q), unroll(i.inner), vectorize(c),
                 tensorize(c, std::is_same_v<A, bfloat16> ? "bf16_dot2" : "vnni_dot4"));
  }
};

/// A machine that multiplies blocks of 4 x 4.
struct toy_mma {
  static constexpr label name = "toy_mma";
  axis<"r", 4> r;
  axis<"s", 4> s;
  axis<"t", 4> t;
  tensor<"d", float, 4, 4> d;
  tensor<"a", float, 4, 4> a;
  tensor<"b", float, 4, 4> b;

  constexpr auto define() const { return d(r, s) = sum(t, a(r, t) * b(t, s)); }
  static void run(float* d, float const* a, float const* b) {
    for (int r = 0; r < 4; ++r) {
      for (int t = 0; t < 4; ++t) {
        for (int s = 0; s < 4; ++s) d[4 * r + s] += a[4 * r + t] * b[4 * t + s];
      }
    }
  }
};

struct blocked {
  axis<"i", 12> i;
  axis<"j", 8> j;
  axis<"k", 16> k;
  tensor<"x", float, 12, 16> x;
  tensor<"w", float, 16, 8> w;
  tensor<"y", float, 12, 8> y;

  constexpr auto define() const { return y(i, j) = sum(k, x(i, k) * w(k, j)); }
  constexpr auto instructions() const { return instruction_list<toy_mma>{}; }
  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 4), split(j, 4), split(k, 4), reorder(i.outer, j.outer, k.outer, i.inner, j.inner, k.inner),
                 cache(x, k.outer, order(i.inner, k.inner)), cache(w, k.outer, order(k.inner, j.inner)),
                 tensorize(i.inner, "toy_mma"));
  }
};

template <class Op>
std::string disagreement_with_dots() {
  if constexpr (cpu::detail::holds(static_cast<unsigned>(TENON_CPU_ISAS), cpu::isa::avx512_dot)) {
    if (cpu::machine_isa() >= cpu::isa::avx512_dot)
      return kernels::disagreement_on<Op, cpu::isa::avx512_dot>({}, 1, 0, nullptr);
  }
  return kernels::disagreement<Op>();
}

TEST_CASE("instruction: dot products of neighbours") {
  using integers = dot_dense<std::uint8_t, std::int8_t, std::int32_t, 4>;
  using reals = dot_dense<bfloat16, bfloat16, float, 2>;
  CHECK(kernels::disagreement<integers>() == "");
  CHECK(kernels::disagreement<reals>() == "");
  CHECK(disagreement_with_dots<integers>() == "");
  CHECK(disagreement_with_dots<reals>() == "");
}

TEST_CASE("instruction: one of the user's") { CHECK(kernels::disagreement<blocked>() == ""); }

}  // namespace
