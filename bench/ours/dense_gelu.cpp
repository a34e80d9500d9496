#include <bench/workloads/dense_gelu.hpp>

#include <tenon/tenon.hpp>

#include <memory>

namespace tenon::bench {

namespace {

/// Columns of a weight matrix, 32 side by side.
template <int N, int K>
struct pack {
  axis<"p", N / 32> p;
  axis<"k", K> k;
  axis<"c", 32> c;
  tensor<"w", float, K, N> w;
  tensor<"packed", float, N / 32, K, 32> packed;

  constexpr auto define() const { return packed(p, k, c) = w(k, 32 * p + c); }
};

/// y = gelu(x w + b) with packed weights; y's rows are panels of 32 behind each other.
template <int M, int N, int K>
struct dense {
  axis<"i", M> i;
  axis<"p", N / 32> p;
  axis<"c", 32> c;
  axis<"k", K> k;
  tensor<"x", float, M, K> x;
  tensor<"w", float, N / 32, K, 32> w;
  tensor<"b", float, N / 32, 32> b;
  tensor<"y", float, M, N / 32, 32> y;

  constexpr auto define() const { return y(i, p, c) = gelu(sum(k, x(i, k) * w(p, k, c)) + b(p, c)); }

  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 8), reorder(p, i.outer, k, i.inner, c), unroll(i.inner), vectorize(c));
  }
};

contender<dense_gelu> const ours("tenon", role::ours, [](dense_gelu& q) -> task {
  using op_type = dense<384, 3072, 768>;
  if (q.m != 384 || q.n != 3072 || q.k != 768) return {};
  auto const packed = std::make_shared<array<float>>(shape{3072 / 32, 768, 32});
  constexpr pack<3072, 768> packing;
  cpu::kernel<pack<3072, 768>>{}(packing.w = q.w, packing.packed = *packed);
  return [&q, packed] {
    constexpr op_type op;
    cpu::kernel<op_type> const run{cpu::sequential()};
    run(op.x = q.x, op.w = *packed, op.b = q.b, op.y = q.y);
  };
});

}  // namespace

}  // namespace tenon::bench
