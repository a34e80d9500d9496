// expect: this operator: store takes x.cache, which is loaded and not computed, and what is loaded does not reach out; clip it there: max(min(x, 127), -128)
#include <tenon/vta.hpp>

using namespace tenon;

struct narrowed {
  axis<"i", 4> i;
  axis<"o", 16> o;
  tensor<"x", std::int32_t, 4, 16> x;
  tensor<"y", std::int8_t, 4, 16> y;

#ifdef CORRECTED
  constexpr auto value() const { return max(min(x(i, o), 127), -128); }
#else
  constexpr auto value() const { return x(i, o); }
#endif
  constexpr auto define() const { return y(i, o) = cast<std::int8_t>(value()); }
  constexpr auto schedule(vta_target) const {
    tenon::schedule plan = steps(split(i, 4), cache(x, i.outer, order(i.inner, o), vta::acc), in_place(y),
                                 tensorize(cached(x)[i.inner], "load_acc"));
#ifdef CORRECTED
    plan += tensorize(y[i.inner], "min_imm");
    plan += tensorize(y[i.inner], "max_imm");
#endif
    plan += tensorize(y[i.inner], "store");
    return plan;
  }
};

void run() { vta::kernel<narrowed>::words(); }
