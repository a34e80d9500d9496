// expect: split(rows_of_the_left_operand.outer, 4): rows_of_the_left_operand.outer.~ is longer than 32 letters; take shorter names
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
#ifdef CORRECTED
  axis<"rows", 64> i;
#else
  axis<"rows_of_the_left_operand", 64> i;
#endif
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
  constexpr auto schedule(cpu_target) const { return steps(split(i, 8), split(i.outer, 4)); }
};

cpu::kernel<refused> run;
