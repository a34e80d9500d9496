#include <tenon/language/gather_arguments.hpp>

#include <tenon/language.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

struct scaled {
  axis<"i", 4> i;
  tensor<"a", float> a;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;
  constexpr auto define() const { return y(i) = a() * x(i); }
};

TEST_CASE("gather_arguments: by name and by position, in the order of the operator") {
  static_assert(argument_count<scaled> == 3);
  float const a = 2;
  float const x[4]{};
  float y[4]{};
  argument all[3];
  gather_arguments<scaled>(all, a, x, y);
  CHECK(all[0].rank == 0);
  CHECK(all[1].address() == x);
  CHECK(all[2].address() == y);
  argument named[3];
  scaled const op{};
  gather_arguments<scaled>(named, op.y = y, op.a = a, op.x = x);
  for (int n = 0; n < 3; ++n) CHECK(named[n].data == all[n].data);
}

}  // namespace
