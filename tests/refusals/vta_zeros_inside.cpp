// expect: this operator: a load puts zeros in front of and behind rows and columns, not where 0 <= c - r is false
#include <tenon/vta.hpp>

using namespace tenon;

struct moved_product {
  axis<"r", 8> r;
  axis<"c", 8> c;
  axis<"q", 16> q;
  axis<"i", 8> i;
  axis<"j", 8> j;
  axis<"o", 16> o;
  axis<"k", 16> k;
  tensor<"x", std::int8_t, 8, 8, 16> x;
  tensor<"w", std::int8_t, 16, 16> w;
  temporary<"moved", std::int8_t, 8, 8, 16> moved;
  tensor<"y", std::int8_t, 8, 8, 16> y;

#ifdef CORRECTED
  constexpr auto inside() const { return or_zero(x(r, c - 2, q)); }
#else
  constexpr auto inside() const { return or_zero(x(r, c - r, q)); }
#endif
  constexpr auto define() const {
    auto const total = sum(k, cast<std::int32_t>(moved(i, j, k)) * cast<std::int32_t>(w(o, k)));
    return stages(moved(r, c, q) = inside(), y(i, j, o) = cast<std::int8_t>(total));
  }
  constexpr auto schedule(vta_target) const {
    return steps(split(k, 16), reorder(k.outer, i, j, o, k.inner), place(moved, vta::inp),
                 cache(w, k.outer, order(o, k.inner), vta::wgt), place(accumulator(y), vta::acc),
                 tensorize(moved[r], "load_inp"), tensorize(cached(w)[o], "load_wgt"), tensorize(y[i], "reset"),
                 tensorize(y[i], "gemm"), tensorize(y[i], "store"));
  }
};

void run() { vta::kernel<moved_product>::words(); }
