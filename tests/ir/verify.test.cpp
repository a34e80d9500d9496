#include <tenon/ir/verify.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;
using ir::level;

constexpr bool is_staged(ir::program const& p) { return ir::verify(p, level::staged).empty(); }

constexpr bool staged_programs_are_legal() {
  return is_staged(programs::copy(7)) && is_staged(programs::dense_relu(3, 4, 5)) && is_staged(programs::blur(3, 4)) &&
         is_staged(programs::padded_neighbours(5)) && is_staged(programs::row_argmax(3, 4)) &&
         is_staged(programs::matmul_of_rows(8, 3, 4)) && is_staged(programs::transposed(3, 4));
}

/// What verify says once `change` was made to a copy of 4 elements: nodes 3 and 4 are its load and its store.
template <class Change>
constexpr text said_after(Change change, level at = level::scheduled) {
  ir::program p = programs::copy(4);
  change(p);
  return ir::verify(p, at);
}
constexpr ir::node_id store_of(ir::program const& p) { return p[p.root].a; }

constexpr bool a_statement_stands_at_one_place() {
  return !said_after([](ir::program& p) {
            p.root = p.add(ir::node{.what = ir::op::block, .a = p.root, .b = p.root});
          }).empty();
}
constexpr bool ids_are_in_range() {
  return said_after([](ir::program& p) { p[store_of(p)].a = ir::node_id{900}; }) ==
             "node 900 stands for a value and is none" &&
         !said_after([](ir::program& p) { p[p.root].a = ir::node_id::none; }).empty() &&
         !said_after([](ir::program& p) { p[store_of(p)].x = 77; }).empty() &&
         !said_after([](ir::program& p) { p[p.root].x = 9; }).empty();
}
constexpr bool values_are_not_made_of_themselves() {
  return !said_after([](ir::program& p) {
            ir::node_id const sum = ir::add_binary(p, ir::op::add, p[store_of(p)].a, p[store_of(p)].a);
            p[sum].b = sum;
            p[store_of(p)].a = sum;
          }).empty();
}
constexpr bool types_agree() {
  return said_after([](ir::program& p) { p[store_of(p)].a = ir::add_index(p, 1); }) ==
             "y holds float and is given int64" &&
         !said_after([](ir::program& p) {
            p[store_of(p)].a = p.add(
                ir::node{.what = ir::op::add, .type = element::f32, .a = p[store_of(p)].a, .b = ir::add_index(p, 1)});
          }).empty() &&
         !said_after([](ir::program& p) { p[store_of(p)].b = ir::add_index(p, 1); }).empty();
}
constexpr bool counters_run() {
  return said_after([](ir::program& p) { p.root = store_of(p); }) ==
         "the counter of i is used where no loop runs over it";
}
constexpr bool loops_are_not_inside_themselves() {
  return said_after([](ir::program& p) { p.root = ir::add_loop(p, ir::axis_id{1}, p.root); }) ==
         "the loop over i stands inside itself";
}
constexpr bool indices_are_as_many_as_dimensions() {
  return said_after([](ir::program& p) { p[ir::access_id{1}].rank = 0; }) ==
         "x has 1 dimensions and is named with 0 indices";
}
constexpr bool inputs_are_not_written() {
  return said_after([](ir::program& p) { p[ir::access_id{2}].of = ir::buffer_id{1}; }) ==
         "x is an input and is written";
}
constexpr bool temporaries_exist_where_they_are_used() {
  ir::program p = programs::blur(2, 3);
  p.root = p[p.root].a;
  return ir::verify(p, level::scheduled) == "bx is used where it does not exist";
}
constexpr bool extents_are_positive() {
  return said_after([](ir::program& p) { p[ir::axis_id{1}].extent = ir::add_index(p, 0); }, level::staged) ==
             "i: the extent is 0" &&
         !said_after([](ir::program& p) { p[ir::axis_id{1}].extent = ir::add_counter(p, ir::axis_id{1}); }).empty();
}
constexpr bool marks_need_constants() {
  ir::program p = programs::matmul_of_rows(8, 3, 4);
  p[ir::axis_id{1}].kind = ir::loop_kind::vectorized;
  ir::program twice = programs::matmul(2, 3, 4);
  twice[ir::axis_id{1}].kind = ir::loop_kind::vectorized;
  twice[ir::axis_id{2}].kind = ir::loop_kind::vectorized;
  return ir::verify(p, level::scheduled) == "i: the extent of an unrolled or vectorized loop is a constant" &&
         ir::verify(twice, level::scheduled) == "j: a vectorized loop inside of another";
}
constexpr bool staged_programs_have_no_marks_and_conditions() {
  auto const mark = [](ir::program& p) { p[ir::axis_id{1}].kind = ir::loop_kind::parallel; };
  auto const condition = [](ir::program& p) { p[store_of(p)].b = ir::add_integer(p, element::boolean, 1); };
  return !said_after(mark, level::staged).empty() && said_after(mark).empty() &&
         !said_after(condition, level::staged).empty() && said_after(condition).empty();
}
constexpr bool updates_read_what_they_update() {
  return said_after([](ir::program& p) {
           p.add(ir::reduction{.kind = ir::reduction_kind::sum,
                               .values = 1,
                               .identity = {p[store_of(p)].a},
                               .combine = {p[store_of(p)].a}});
           p[store_of(p)].value = 1;
         }) == "y is updated by a value that does not read it" &&
         !said_after([](ir::program& p) { p[store_of(p)].value = 3; }).empty();
}
constexpr bool lowered_programs_have_memory() {
  ir::program p = programs::blur(2, 3);
  bool const before = ir::verify(p, level::lowered) == "bx has no memory to live in";
  p[ir::buffer_id{3}].where = ir::memory::stack;
  return before && ir::verify(p, level::lowered).empty();
}

constexpr bool knows_when_threads_may_meet() {
  ir::program p = programs::copy(4);
  ir::node_id const barrier = p.add(ir::node{.what = ir::op::barrier});
  p.root = ir::add_block(p, barrier, p.root);
  return ir::verify(p, ir::level::lowered).empty() && !ir::verify(p, ir::level::scheduled).empty();
}

TEST_CASE("verify") {
  CHECK_BOTH(knows_when_threads_may_meet());
  CHECK_BOTH(staged_programs_are_legal());
  CHECK_BOTH(a_statement_stands_at_one_place());
  CHECK_BOTH(ids_are_in_range());
  CHECK_BOTH(values_are_not_made_of_themselves());
  CHECK_BOTH(types_agree());
  CHECK_BOTH(counters_run());
  CHECK_BOTH(loops_are_not_inside_themselves());
  CHECK_BOTH(indices_are_as_many_as_dimensions());
  CHECK_BOTH(inputs_are_not_written());
  CHECK_BOTH(temporaries_exist_where_they_are_used());
  CHECK_BOTH(extents_are_positive());
  CHECK_BOTH(marks_need_constants());
  CHECK_BOTH(staged_programs_have_no_marks_and_conditions());
  CHECK_BOTH(updates_read_what_they_update());
  CHECK_BOTH(lowered_programs_have_memory());
}
