#include <tenon/lower/formula_in_words.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

#include <tenon/ir/find.hpp>

using namespace tenon;

namespace {

/// What a product of matrices adds up, in words.
constexpr bool loads_are_their_types_and_the_sum_is_sum() {
  ir::program const p = programs::matmul(2, 3, 4);
  text words{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    ir::node const& n = p[id];
    if (n.what == ir::op::store && n.reduction() != ir::reduction_id::none)
      lower::write_formula(p, n.a, p[n.access()].of, words);
  });
  return words == text{} << "sum + float * float";
}

}  // namespace

TEST_CASE("formula_in_words") { CHECK_BOTH(loads_are_their_types_and_the_sum_is_sum()); }
