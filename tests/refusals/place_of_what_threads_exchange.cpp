// expect: place(s, space::registers): threads read of s what others wrote, and each has registers of its own; take space::shared
#include <tenon/cuda.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  temporary<"s", float, 64> s;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return stages(s(i) = 2 * x(i), y(i) = s(63 - i)); }

#ifdef CORRECTED
  static constexpr space where = space::shared;
#else
  static constexpr space where = space::registers;
#endif
  constexpr auto schedule(cuda_target) const {
    return steps(bind(s[i], thread_x), bind(y[i], thread_x), place(s, where));
  }
};

cuda::kernel<refused> run;
