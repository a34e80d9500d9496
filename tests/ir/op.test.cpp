#include <tenon/ir/op.hpp>

#include "support/both.hpp"

using namespace tenon;

constexpr bool sorts_ops_into_kinds() {
  return ir::is_statement(ir::op::store) && ir::is_statement(ir::op::tensorized) && !ir::is_statement(ir::op::call) &&
         ir::is_comparison(ir::op::equal) && ir::is_comparison(ir::op::less_equal) &&
         !ir::is_comparison(ir::op::shift_right) && ir::is_binary(ir::op::add) && ir::is_binary(ir::op::logical_or) &&
         !ir::is_binary(ir::op::negate) && ir::is_unary(ir::op::negate) && ir::is_unary(ir::op::cast) &&
         !ir::is_unary(ir::op::math);
}

constexpr bool names_functions() {
  return ir::name_of(ir::math::exp) == "exp" && ir::name_of(ir::math::trunc) == "trunc";
}

TEST_CASE("op") {
  CHECK_BOTH(sorts_ops_into_kinds());
  CHECK_BOTH(names_functions());
}
