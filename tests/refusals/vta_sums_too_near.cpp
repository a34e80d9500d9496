// expect: this operator: gemm would add to the same accumulators again after 1 step, and the pipeline needs 3; leave a loop of more rows or outputs to the instruction
#include <tenon/vta.hpp>

using namespace tenon;

#ifdef CORRECTED
inline constexpr int rows = 3;
#else
inline constexpr int rows = 1;
#endif

struct dense {
  axis<"i", rows> i;
  axis<"o", 16> o;
  axis<"kb", 4> kb;
  axis<"k", 16> k;
  tensor<"x", std::int8_t, rows, 4, 16> x;
  tensor<"w", std::int8_t, 4, 16, 16> w;
  tensor<"y", std::int8_t, rows, 16> y;

  constexpr auto define() const {
    return y(i, o) = cast<std::int8_t>(sum(kb, k, cast<std::int32_t>(x(i, kb, k)) * cast<std::int32_t>(w(kb, o, k))));
  }
  constexpr auto schedule(vta_target) const {
    return steps(split(i, rows), reorder(i.outer, kb, i.inner, o, k), cache(x, i.outer, order(i.inner, kb, k), vta::inp),
                 cache(w, i.outer, order(kb, o, k), vta::wgt), place(accumulator(y), vta::acc),
                 tensorize(cached(x)[i.inner], "load_inp"), tensorize(cached(w)[kb], "load_wgt"),
                 tensorize(y[i.inner], "reset"), tensorize(y[kb], "gemm"), tensorize(y[i.inner], "store"));
  }
};

void run() { vta::kernel<dense>::words(); }
