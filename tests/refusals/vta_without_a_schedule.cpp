// expect: this operator: it has no schedule for VTA; write constexpr auto schedule(vta_target) const { return steps(...); }
#include <tenon/vta.hpp>

using namespace tenon;

struct clipped {
  axis<"i", 4> i;
  axis<"o", 16> o;
  tensor<"x", std::int32_t, 4, 16> x;
  tensor<"y", std::int8_t, 4, 16> y;

  constexpr auto define() const { return y(i, o) = cast<std::int8_t>(min(x(i, o), 127)); }
#ifdef CORRECTED
  constexpr auto schedule(vta_target) const {
    return steps(split(i, 4), cache(x, i.outer, order(i.inner, o), vta::acc), in_place(y),
                 tensorize(cached(x)[i.inner], "load_acc"), tensorize(y[i.inner], "min_imm"),
                 tensorize(y[i.inner], "store"));
  }
#endif
};

void run() { vta::kernel<clipped>::words(); }
