#include <tenon/lower/prefetch_buffer.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/pipeline.hpp>
#include <tenon/schedule.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i");
constexpr tensor_name x{"x"}, w{"w"}, in{"in"};

constexpr int prefetches(ir::program const& p) {
  int count = 0;
  ir::each_statement(p, p.root, [&](ir::node_id n) { count += p[n].what == ir::op::prefetch; });
  return count;
}

constexpr bool a_later_row_is_asked_for() {
  ir::program const p = lower::prefetch_buffer(programs::matmul(4, 3, 2), prefetch(x, i, 2));
  return prefetches(p) == 1 && programs::same_outputs(p, programs::matmul(4, 3, 2));
}

constexpr bool neighbours_in_a_row_are_asked_for_once() {
  ir::program const p = lower::prefetch_buffer(programs::blur(4, 5), prefetch(in, loop("bx", "y"), 1));
  return prefetches(p) == 1 && programs::same_outputs(p, programs::blur(4, 5));
}

// Four rows of x are written out, and a row of w in vectors is three lines of 16 floats.
constexpr std::int64_t lines_asked_for(tensor_name const& t, loop_name const& at) {
  auto const j = loop("j"), k = loop("k");
  ir::program const p =
      lower::apply(programs::matmul(8, 48, 2), steps(split(i, 4), reorder(i.outer, k, i.inner, j), unroll(i.inner),
                                                     vectorize(j), prefetch(t, at, 1)));
  if (p.refused || !programs::same_outputs(p, programs::matmul(8, 48, 2))) return 0;
  std::int64_t lines = 0;
  ir::each_statement(p, p.root, [&](ir::node_id n) {
    std::int64_t around = 1;
    while (p[n].what == ir::op::loop && p[p[n].axis()].kind == ir::loop_kind::unrolled) {
      around *= ir::constant_or(p, p[p[n].axis()].extent, 0);
      n = p[n].a;
    }
    if (p[n].what == ir::op::prefetch && around > lines) lines = around;
  });
  return lines;
}
constexpr bool what_is_written_out_is_asked_for_whole() {
  return lines_asked_for(x, i.outer) == 4 && lines_asked_for(w, loop("k")) == 3;
}

}  // namespace

TEST_CASE("prefetch_buffer") {
  CHECK_RUN(what_is_written_out_is_asked_for_whole());
  CHECK_BOTH(a_later_row_is_asked_for());
  CHECK_BOTH(neighbours_in_a_row_are_asked_for_once());
}

TEST_CASE("prefetch_buffer refuses") {
  auto const refusal_of = [](step const& s) {
    return lower::prefetch_buffer(programs::matmul(4, 3, 2), s).refused.sentence;
  };
  CHECK(refusal_of(prefetch({"v"}, i, 2)) ==
        "prefetch(v, i, 2): no tensor is called v; the tensors are x, w, y, y.sum");
  CHECK(refusal_of(prefetch({"y"}, i, 2)) == "prefetch(y, i, 2): nothing inside i reads y; name a loop around its use");
  CHECK(refusal_of(prefetch({"y.sum"}, i, 2)) == "prefetch(y.sum, i, 2): y.sum is an accumulator and near already; "
                                                 "leave this step out");
  CHECK(refusal_of(prefetch(w, loop("l"), 1)) == "prefetch(w, l, 1): no loop is called l; the loops are i, j, k");
}
