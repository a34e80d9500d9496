// expect: place(t, space::stack): t takes 4194304 bytes of stack, and stack holds 1048576; take smaller tiles
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 1024> i;
  axis<"j", 1024> j;
  tensor<"x", float, 1024, 1024> x;
  temporary<"t", float, 1024, 1024> t;
  tensor<"y", float, 1024, 1024> y;

  constexpr auto define() const { return stages(t(i, j) = 2 * x(i, j), y(i, j) = t(i, j) + 1); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(compute_at(t, y[i]), place(t, space::stack)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(place(t, space::stack)); }
#endif
};

cpu::kernel<refused> run;
