#include <tenon/target/accelerator/plan.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>
#include <support/toy_machine.hpp>

#include <tenon/ir/verify.hpp>

using namespace tenon;

namespace {

using op = toys::matmul<8, 8, 8>;
using threaded = toys::matmul<8, 8, 8, true>;

template <class Op>
constexpr bool is_lowered() {
  return accelerator::refused<Op, toys::machine>.empty() &&
         ir::verify(accelerator::lowered<Op, toys::machine>, ir::level::lowered).empty();
}

struct unscheduled {
  axis<"i", 8> i;
  tensor<"x", float, 8> x;
  tensor<"y", float, 8> y;
  constexpr auto define() const { return y(i) = x(i); }
};

}  // namespace

TEST_CASE("plan") {
  CHECK_BOTH(is_lowered<op>());
  CHECK_BOTH(is_lowered<threaded>());
  CHECK(programs::same_outputs(accelerator::lowered<op, toys::machine>, staged<op>));
  CHECK(programs::same_outputs(accelerator::lowered<threaded, toys::machine>, staged<op>));
  CHECK(accelerator::refused<unscheduled, toys::machine> ==
        "this operator: it has no schedule for toy, which says what its instructions do; write constexpr auto "
        "schedule(toy) const { return steps(...); }");
}
