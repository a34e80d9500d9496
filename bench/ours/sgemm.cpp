#include <bench/workloads/sgemm.hpp>

#include <tenon/tenon.hpp>

namespace tenon::bench {

namespace {

template <auto Rows, int Size>
struct product {
  axis<"i", Rows> i;
  axis<"j", Size> j;
  axis<"k", Size> k;
  tensor<"a", float, Rows, Size> a;
  tensor<"b", float, Size, Size> b;
  tensor<"y", float, Rows, Size> y;

  constexpr auto define() const { return y(i, j) = sum(k, a(i, k) * b(k, j)); }
};

/// Both operands are packed block by block, and a tile of 8 x 32 sums stays in registers (Goto and van de Geijn, 2008).
template <auto Rows, int Size>
struct product_tuned {
  axis<"i", Rows> i;
  axis<"j", Size> j;
  axis<"k", Size> k;
  tensor<"a", float, Rows, Size> a;
  tensor<"b", float, Size, Size> b;
  tensor<"y", float, Rows, Size> y;

  constexpr auto define() const { return y(i, j) = sum(k, a(i, k) * b(k, j)); }

  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 128), split(i.inner, 8), split(j, 32), split(k, Size < 1024 ? Size : 1024),
                 reorder(i.outer, j.outer, i.inner.outer, k.outer, k.inner, i.inner.inner, j.inner),
                 carry(k.outer, i.outer),  // blocks of k outermost
                 cache(b, k.outer, order(j.outer, k.inner, j.inner)),  // panels of b, for all rows
                 cache(a, i.outer, order(i.inner.outer, i.inner.inner, k.inner)),  // and of a, for all columns
                 split(cached(a)[k.inner], 64), vectorize(cached(a)[k.inner.inner]), vectorize(cached(b)[j.inner]),
                 align(cached(a), 64, 16),  // rows of a do not fall on the same lines of the cache

                 unroll(i.inner.inner), vectorize(j.inner));
  }
};

template <class Op>
void call(sgemm& p) {
  constexpr Op op;
  cpu::kernel<Op> const run{cpu::sequential()};
  run(op.a = p.a, op.b = p.b, op.y = p.y);
}

/// The kernel of the problem's size.
template <template <auto, int> class Op>
task run_product(sgemm& p) {
  return [&p] {
    if (p.n == 512) call<Op<512, 512>>(p);
    else if (p.n == 1024) call<Op<1024, 1024>>(p);
    else if (p.n == 2048) call<Op<2048, 2048>>(p);
  };
}

contender<sgemm> const ours("tenon", role::ours, run_product<product_tuned>);
contender<sgemm> const by_default(
    "tenon, default schedule", role::ours,
    [](sgemm& p) -> task {
      if (p.n != 512) return {};
      return [&p] { call<product<512, 512>>(p); };
    },
    0.6);

}  // namespace

}  // namespace tenon::bench
