#include <tenon/ir/node.hpp>

#include "support/both.hpp"

using namespace tenon;

constexpr bool reads_its_field_as_the_entry_it_names() {
  ir::node const n{.what = ir::op::store, .x = 5, .value = 2};
  return n.axis() == ir::axis_id{5} && n.buffer() == ir::buffer_id{5} && n.access() == ir::access_id{5} &&
         n.parameter() == ir::parameter_id{5} && n.reduction() == ir::reduction_id{2};
}

constexpr bool keeps_the_bits_of_a_real_number() {
  return ir::node{.what = ir::op::constant, .value = std::bit_cast<std::int64_t>(-0.5)}.real() == -0.5;
}

constexpr bool stays_small() { return sizeof(ir::node) == 24 || sizeof(ir::node) == 16; }

TEST_CASE("node") {
  CHECK_BOTH(reads_its_field_as_the_entry_it_names());
  CHECK_BOTH(keeps_the_bits_of_a_real_number());
  CHECK_BOTH(stays_small());
}
