// expect: this is no argument of a kernel: give an array, a view, a number, a std::span, std::vector or std::array
#include <tenon/tenon.hpp>

#include <list>
#include <vector>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
};

#ifdef CORRECTED
using numbers = std::vector<float>;
#else
using numbers = std::list<float>;
#endif

void twice(numbers const& x, std::vector<float>& y) { cpu::kernel<refused>{}(x, y); }
