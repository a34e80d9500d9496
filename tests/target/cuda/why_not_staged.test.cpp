#include <tenon/target/cuda/why_not_staged.hpp>

#include <string_view>

#include <tenon/language.hpp>
#include <tenon/schedule.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;

struct unscheduled {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;
  constexpr auto define() const { return y(i) = x(i); }
};
struct undefined {
  axis<"i", 64> i;
};
/// Its mistake is found when the steps are carried out, not before.
struct divided_wrongly {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;
  constexpr auto define() const { return y(i) = x(i); }
  constexpr auto schedule(cuda_target) const { return steps(split(i, 7)); }
};

template <class Op>
constexpr bool says(std::string_view expected) {
  return std::string_view(cuda::not_staged<Op>).find(expected) != std::string_view::npos;
}

TEST_CASE("why_not_staged: what is seen before any step is carried out") {
  CHECK_BOTH(cuda::not_staged<cuda_operators::turned_around>.empty());
  CHECK_BOTH(cuda::not_staged<divided_wrongly>.empty());
  CHECK_BOTH(says<unscheduled>("it says nothing about a GPU"));
  CHECK_BOTH(says<undefined>("it has no function define()"));
}

}  // namespace
