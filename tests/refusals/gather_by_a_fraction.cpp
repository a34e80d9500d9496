// expect: word(i) is float, and an index is an integer; write cast<int32>(word(i))
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"word", float, 4> word;
  tensor<"table", float, 100> table;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = table(within<0, 100>(cast<int32>(word(i)))); }
#else
  constexpr auto define() const { return y(i) = table(within<0, 100>(word(i))); }
#endif
};

auto const& program = stage<refused>();
