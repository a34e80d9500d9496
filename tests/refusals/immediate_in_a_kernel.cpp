// expect: places: no argument of a kernel says what it is; make it the extent of a tensor, or read it from a tensor without
#include <tenon/tenon.hpp>

#include <tenon/language/immediate.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  tensor<"x", std::int32_t, 64> x;
#ifdef CORRECTED
  tensor<"places", std::int32_t> places;
#else
  immediate<"places", std::int32_t> places;
#endif
  tensor<"y", std::int32_t, 64> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = x(i) >> places(); }
#else
  constexpr auto define() const { return y(i) = x(i) >> places; }
#endif
};

cpu::kernel<refused> run;
