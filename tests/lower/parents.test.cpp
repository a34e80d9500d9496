#include <tenon/lower/parents.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

constexpr bool every_statement_knows_the_one_above() {
  ir::program const p = programs::dense_relu(2, 3, 4);
  lower::parents const above(p);
  bool same = true;
  ir::each_statement(p, p.root, [&](ir::node_id id) { same &= above[id] == ir::parent_of(p, id); });
  return same && above[p.root] == ir::node_id::none;
}

}  // namespace

TEST_CASE("parents") { CHECK_BOTH(every_statement_knows_the_one_above()); }
