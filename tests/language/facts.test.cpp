#include <tenon/language/tensor.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

constexpr bool types_say_what_values_say() {
  detail::tensor_facts const& x = tensor<"x", float, 3, run_time<"N">>::facts;
  return x.name == "x" && x.type == element::f32 && x.rank == 2 && x.extents[0].count == 3 &&
         x.extents[1].name == "N" && x.takes == detail::part::argument &&
         strided<"x", float, 3>::facts.takes == detail::part::strided &&
         temporary<"x", float, 3>::facts.takes == detail::part::temporary && axis<"i", 7>::facts.runs.count == 7;
}

constexpr bool one_type_has_one_address() {
  detail::axis_facts const* const i = &axis<"i", 7>::facts;
  return i == &axis<"i", 7>::facts && i != &axis<"i", 8>::facts &&
         &tensor<"x", float, 3>::facts != &tensor<"x", double, 3>::facts;
}

}  // namespace

TEST_CASE("facts") {
  CHECK_BOTH(types_say_what_values_say());
  CHECK_RUN(one_type_has_one_address());  // under a sanitizer no constant
}
