#include <tenon/target/compiled/address.hpp>

#include <tenon/ir/build.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

/// x[2 * a + b, b + 3], with rows of so many elements; 0: told at run time.
constexpr compiled::address address_in_rows_of(std::int64_t row) {
  ir::program p{};
  ir::axis_id const a = p.add(ir::axis{.name = "a"});
  ir::axis_id const b = p.add(ir::axis{.name = "b"});
  ir::buffer_id const x = p.add(ir::buffer{.name = "x", .type = element::f32, .rank = 2});
  ir::node_id const first = ir::add_index(p, ir::op::mul, ir::add_counter(p, a), 2);
  ir::node_id const second = ir::add_counter(p, b);
  ir::access_id const at =
      ir::add_access(p, x, {ir::add_index(p, ir::op::add, first, second), ir::add_index(p, ir::op::add, second, 3)});
  std::int64_t const strides[ir::max_rank]{row, 1};
  return compiled::address_of(p, strides, at);
}

constexpr bool adds_up_what_moves_together() {
  compiled::address const at = address_in_rows_of(10);
  return at.constant == 3 && at.terms.size() == 2 && at.terms[0].factor == 20 && at.terms[1].factor == 11;
}
constexpr bool keeps_apart_what_has_a_stride_of_its_own() {
  compiled::address const at = address_in_rows_of(0);
  return at.constant == 3 && at.terms.size() == 3 && at.terms[0].factor == 2 && at.terms[0].dimension == 0 &&
         at.terms[2].factor == 1 && at.terms[2].dimension == -1;
}

TEST_CASE("address") {
  CHECK_BOTH(adds_up_what_moves_together());
  CHECK_BOTH(keeps_apart_what_has_a_stride_of_its_own());
}

}  // namespace
