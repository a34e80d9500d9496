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

/// Columns of b are packed in blocks that stay in the last cache. A block of rows of a, 256 KiB, stays in the second one
/// while all panels of the block of b pass by, and a tile of 8 x 32 sums in registers (Goto and van de Geijn, 2008).
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
    auto const packed = cached(b);
    // The rows are split last, inside of what is packed, so that rows left over use the same panels.
    auto const tiles = steps(
        split(j, Size < 1024 ? 256 : 512), split(j.inner, 32), reorder(j.outer, i, j.inner.outer, k, j.inner.inner),
        vectorize(j.inner.inner), cache(b, j.outer, order(j.inner.outer, k, j.inner.inner)),
        split(packed[k], 16),  // sixteen rows at a time, so that few pages are touched at once
        reorder(packed[k.outer], packed[j.inner.outer], packed[k.inner], packed[j.inner.inner]),
        unroll(packed[k.inner]), vectorize(packed[j.inner.inner]), split(i, 65536 / Size, tail::peel),
        split(i.inner, 8, tail::peel), reorder(i.outer, j.inner.outer, i.inner.outer, k, i.inner.inner, j.inner.inner),
        unroll(i.inner.inner));
    // A result of 4 MiB and more leaves the last cache to b.
    return Size < 1024 ? tiles : steps(tiles, stream(y));
  }
};

template <class Op>
void call(sgemm& p) {
  constexpr Op op;
  cpu::kernel<Op> const run{cpu::sequential()};
  run(op.a = p.a, op.b = p.b, op.y = p.y);
}

/// The kernel of the problem's size.
template <template <int> class Op>
task run_product(sgemm& p) {
  return [&p] {
    if (p.n == 512) call<Op<512>>(p);
    else if (p.n == 1024) call<Op<1024>>(p);
    else if (p.n == 2048) call<Op<2048>>(p);
  };
}

template <int Size>
using all_known = product_tuned<Size, Size>;
template <int Size>
using rows_at_run_time = product_tuned<run_time<"M">, Size>;

contender<sgemm> const ours("tenon", role::ours, run_product<all_known>);
contender<sgemm> const at_run_time("tenon, M at run time", role::ours, run_product<rows_at_run_time>, 0.97);
contender<sgemm> const by_default(
    "tenon, default schedule", role::ours,
    [](sgemm& p) -> task {
      if (p.n != 512) return {};
      return [&p] { call<product<512, 512>>(p); };
    },
    0.6);

}  // namespace

}  // namespace tenon::bench
