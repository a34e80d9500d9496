#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <support/loops.hpp>
#include <support/stencils.hpp>

#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/reverse_compute_at.hpp>
#include <tenon/lower/reverse_inline_stage.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/reverse_compute_at.hpp>
#include <tenon/schedule/reverse_inline.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

/// y(i, j) = sum(k, x(i, k) * x(k, j)) or x(i, j) + x(j, i); z(i, j) or z(j, i), perhaps with one more dimension, = 2 * y(i, j)
ir::program drawn(programs::dice& d) {
  int const n = 1 + d.below(6);
  programs::maker m{};
  auto const x = m.input("x", {n, n});
  bool const deeper = d.once_in(3);
  auto const z = deeper ? m.output("z", {n, n, 2}) : m.output("z", {n, n});
  auto const y = m.temporary("y", {n, n});
  auto const i = m.axis(y, "i", n), j = m.axis(y, "j", n), k = m.axis(y, "k", n);
  if (d.once_in(2)) {
    auto const ck = m.at(k);
    m.stage(y, {i, j}, m.sum(y, {k}, m.binary(ir::op::mul, m.load(x, {m.at(i), ck}), m.load(x, {ck, m.at(j)}))));
  } else {
    m.stage(y, {i, j}, m.binary(ir::op::add, m.load(x, {m.at(i), m.at(j)}), m.load(x, {m.at(j), m.at(i)})));
  }
  auto const a = m.axis(z, "a", n), b = m.axis(z, "b", n), c = m.axis(z, "c", 2);
  auto const read = d.once_in(2) ? m.load(y, {m.at(a), m.at(b)}) : m.load(y, {m.at(b), m.at(a)});
  auto const value = m.binary(ir::op::add, read, read);
  if (deeper) {
    m.stage(z, {a, b, c}, value);
  } else {
    m.stage(z, {a, b}, value);
  }
  return m.done();
}

}  // namespace

TEST_CASE("placing a reader where its tensor is made keeps what is computed") {
  int placed = 0;
  int merged = 0;
  tensor_name const z{"z"};
  for (unsigned seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    programs::dice d{seed * 104729u};
    ir::program const staged = drawn(d);
    ir::program p = staged;
    text line{};
    auto const take = [&](ir::program (*pass)(ir::program, step const&), step const& s) {
      ir::program const next = pass(p, s);
      if (next.refused) return false;
      p = next;
      line << s << " ";
      std::string const taken{std::string_view(line)};
      CAPTURE(taken);
      CHECK(programs::same_outputs(p, staged));
      return true;
    };
    tail const policies[]{tail::guard, tail::shift, tail::peel, tail::guard};
    if (d.once_in(2)) take(lower::split_loop, split(loop("y", "i"), 1 + d.below(4), policies[d.below(4)]));
    if (d.once_in(2)) take(lower::split_loop, split(loop("y", "j"), 1 + d.below(3), policies[d.below(4)]));
    if (d.once_in(3)) take(lower::reorder_loops, reorder(loop("y", "j"), loop("y", "k"), loop("y", "i")));
    if (d.once_in(3)) take(lower::reorder_loops, reorder(loop("y", "i.outer"), loop("y", "j"), loop("y", "i.inner")));
    char const* const names[]{"i", "j", "i.outer", "j.outer", "i.inner", "j.inner", "k"};
    if (d.once_in(2)) {
      placed += take(lower::reverse_compute_at, reverse_compute_at(z, loop("y", names[d.below(7)])));
    } else {
      merged += take(lower::reverse_inline_stage, reverse_inline(z));
    }
  }
  CHECK(placed > 30);
  CHECK(merged > 60);
  MESSAGE("placed " << placed << ", merged " << merged);
}
