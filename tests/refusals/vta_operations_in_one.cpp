// expect: tensorize(y[i.inner], min_imm): the instruction computes min(sum, a number); this nest computes int8(min(int32, 127)); in_place(y) makes one operation after another of it
#include <tenon/vta.hpp>

using namespace tenon;

struct clipped {
  axis<"i", 4> i;
  axis<"o", 16> o;
  tensor<"x", std::int32_t, 4, 16> x;
  tensor<"y", std::int8_t, 4, 16> y;

  constexpr auto define() const { return y(i, o) = cast<std::int8_t>(min(x(i, o), 127)); }
  constexpr auto schedule(vta_target) const {
    tenon::schedule plan = steps(split(i, 4), cache(x, i.outer, order(i.inner, o), vta::acc));
#ifdef CORRECTED
    plan += in_place(y);
#endif
    plan += tensorize(cached(x)[i.inner], "load_acc");
    plan += tensorize(y[i.inner], "min_imm");
    plan += tensorize(y[i.inner], "store");
    return plan;
  }
};

void run() { vta::kernel<clipped>::words(); }
