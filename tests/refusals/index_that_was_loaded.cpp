// expect: an index is made of axes and whole numbers; for a value, say its range: within<0, n>(...)
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"word", int32, 4> word;
  tensor<"table", float, 100> table;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = table(within<0, 100>(word(i))); }
#else
  constexpr auto define() const { return y(i) = table(word(i)); }
#endif
};

auto const& program = stage<refused>();
