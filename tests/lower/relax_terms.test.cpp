#include <tenon/lower/relax_terms.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/cache_buffer.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/cache.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i"), j = loop("j"), k = loop("k");
constexpr tensor_name x{"x"}, w{"w"};

constexpr ir::program with_a_tail() {
  ir::program const p = lower::split_loop(programs::matmul(2, 3, 7), split(k, 4, tail::guard));
  return lower::cache_buffer(p, cache(x, i, order(k.outer, k.inner)));
}

constexpr int conditions(ir::program const& p) {
  int count = 0;
  ir::each_statement(p, p.root,
                     [&](ir::node_id n) { count += p[n].what == ir::op::store && p[n].b != ir::node_id::none; });
  return count;
}

constexpr bool zeros_are_added_instead_of_nothing() {
  ir::program const both = lower::cache_buffer(with_a_tail(), cache(w, j, order(k.outer, k.inner)));
  ir::program const p = lower::relax_terms(both);
  return conditions(both) == 1 && conditions(p) == 0 && programs::same_outputs(p, programs::matmul(2, 3, 7));
}

/// The loops that fill the caches are cut up, so that an index is made of two of them.
constexpr bool caches_may_be_filled_by_several_loops() {
  ir::program p = lower::cache_buffer(with_a_tail(), cache(w, j, order(k.outer, k.inner)));
  p = lower::split_loop(p, split(loop("x.cache", "k.inner"), 2));
  p = lower::split_loop(p, split(loop("w.cache", "k.inner"), 2));
  ir::program const relaxed = lower::relax_terms(p);
  return conditions(p) == 1 && conditions(relaxed) == 0 && programs::same_outputs(relaxed, programs::matmul(2, 3, 7));
}

constexpr bool one_factor_of_unknown_value_keeps_the_condition() {
  return conditions(lower::relax_terms(with_a_tail())) == 1;
}

}  // namespace

TEST_CASE("relax_terms") {
  CHECK_BOTH(zeros_are_added_instead_of_nothing());
  CHECK_BOTH(caches_may_be_filled_by_several_loops());
  CHECK_BOTH(one_factor_of_unknown_value_keeps_the_condition());
}
