// expect: tensorize(w.cache[o], load_wgt): the instruction takes from 16 elements further with each turn of o; here w goes by 64
#include <tenon/vta.hpp>

using namespace tenon;

struct dense {
  axis<"i", 4> i;
  axis<"o", 16> o;
  axis<"kb", 4> kb;
  axis<"k", 16> k;
  tensor<"x", std::int8_t, 4, 4, 16> x;
#ifdef CORRECTED
  tensor<"w", std::int8_t, 4, 16, 16> w;
#else
  tensor<"w", std::int8_t, 16, 4, 16> w;
#endif
  tensor<"y", std::int8_t, 4, 16> y;

#ifdef CORRECTED
  constexpr auto weight() const { return cast<std::int32_t>(w(kb, o, k)); }
#else
  constexpr auto weight() const { return cast<std::int32_t>(w(o, kb, k)); }
#endif
  constexpr auto define() const {
    return y(i, o) = cast<std::int8_t>(sum(kb, k, cast<std::int32_t>(x(i, kb, k)) * weight()));
  }
  constexpr auto schedule(vta_target) const {
    return steps(reorder(kb, i, o, k), cache(x, kb, order(i, k), vta::inp), cache(w, kb, order(o, k), vta::wgt),
                 place(accumulator(y), vta::acc), tensorize(cached(x)[i], "load_inp"),
                 tensorize(cached(w)[o], "load_wgt"), tensorize(y[i], "reset"), tensorize(y[i], "gemm"),
                 tensorize(y[i], "store"));
  }
};

void run() { vta::kernel<dense>::words(); }
