// expect: reverse_compute_at(z, t[i.j.outer]): the parts of t that turns of t[i.j.outer] make are not known to lie side by side; split by a number that divides
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 6> i;
  axis<"j", 8> j;
  tensor<"x", float, 6, 8> x;
  temporary<"t", float, 6, 8> t;
  tensor<"z", float, 6, 8> z;

  constexpr auto define() const { return stages(t(i, j) = 2 * x(i, j), z(i, j) = relu(t(i, j))); }

#ifdef CORRECTED
  static constexpr int together = 8;
#else
  static constexpr int together = 12;
#endif
  constexpr auto schedule(cpu_target) const {
    nested_loop<3> const both{loop_name{.stage = "t", .loop = "i.j"}};
    return steps(fuse(t[i], t[j]), split(both, together), reverse_compute_at(z, both.outer));
  }
};

cpu::kernel<refused> run;
