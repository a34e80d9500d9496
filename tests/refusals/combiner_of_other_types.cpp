// expect: value 1 of combine() is int32, and term 1 is float; write cast<float>(...)
#include <tenon/language.hpp>

using namespace tenon;

struct average {
  static constexpr auto identity() { return values(0, 0); }
  static constexpr auto combine(auto a, auto b) {
    auto const [total_a, count_a] = a;
    auto const [total_b, count_b] = b;
#ifdef CORRECTED
    return values(total_a + total_b, count_a + count_b);
#else
    return values(total_a + total_b, cast<int32>(count_a + count_b));
#endif
  }
};

struct refused {
  axis<"i", 4> i;
  axis<"k", 8> k;
  tensor<"x", float, 4, 8> x;
  tensor<"y", float, 4> y;

  constexpr auto define() const {
    auto const [total, count] = reduce(k, average{}, x(i, k), 1.0F);
    return y(i) = total / count;
  }
};

auto const& program = stage<refused>();
