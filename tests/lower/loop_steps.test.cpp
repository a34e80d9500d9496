#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/ir/verify.hpp>
#include <tenon/lower/fuse_loops.hpp>
#include <tenon/lower/mark_loop.hpp>
#include <tenon/lower/peel_loop.hpp>
#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/simplify.hpp>
#include <tenon/lower/specialize_loop.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/fuse.hpp>
#include <tenon/schedule/peel.hpp>
#include <tenon/schedule/serial.hpp>
#include <tenon/schedule/specialize.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/unroll.hpp>

/// The law of all loop steps: whatever of them are carried out in whatever order, the outputs stay what they were.

using namespace tenon;

namespace {

struct chance {
  std::uint64_t state;
  std::size_t below(std::size_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % n;
  }
  int from(int first, int last) { return first + static_cast<int>(below(static_cast<std::size_t>(last - first + 1))); }
};

ir::program apply(ir::program const& p, step const& s) {
  switch (s.what) {
    case action::split:
    case action::split_parts: return lower::split_loop(p, s);
    case action::fuse: return lower::fuse_loops(p, s);
    case action::reorder: return lower::reorder_loops(p, s);
    case action::peel: return lower::peel_loop(p, s);
    case action::specialize: return lower::specialize_loop(p, s);
    default: return lower::mark_loop(p, s);
  }
}

std::vector<loop_name> loops_of(ir::program const& p) {
  std::vector<loop_name> all{};
  ir::each_statement(p, p.root, [&](ir::node_id n) {
    if (p[n].what != ir::op::loop) return;
    ir::axis const& a = p[p[n].axis()];
    loop_name const name{p[a.stage].name, a.name};
    bool known = false;
    for (loop_name const& l : all) known |= l == name;
    if (!known) all.push_back(name);
  });
  return all;
}

/// Every iteration of two loops writes the same element.
ir::program last_one_wins(int rows, int columns) {
  programs::maker m{};
  auto const x = m.input("x", {rows, columns});
  auto const y = m.output("y", {1});
  auto const i = m.axis(y, "i", rows);
  auto const j = m.axis(y, "j", columns);
  m.stage_at({i, j}, ir::add_access(m.p, y, {ir::add_index(m.p, 0)}), m.load(x, {m.at(i), m.at(j)}));
  return m.done();
}

/// Each row is made of the one before, read backwards.
ir::program row_by_row(int rows, int columns) {
  programs::maker m{};
  auto const x = m.input("x", {rows, columns});
  auto const y = m.output("y", {rows, columns});
  auto const i = m.axis(y, "i", rows);
  auto const j = m.axis(y, "j", columns);
  auto const before = ir::add_index(m.p, ir::op::sub, m.at(i), 1);
  auto const mirrored = ir::add_index(m.p, ir::op::sub, ir::add_index(m.p, columns - 1), m.at(j));
  m.stage(y, {i, j},
          m.binary(ir::op::add, m.load_or(y, {before, mirrored}, m.number(1)), m.load(x, {m.at(i), m.at(j)})));
  return m.done();
}

/// What a row has in common goes through one cell from outside: t = x(i); y(i, j) = t
ir::program through_a_cell(int rows, int columns) {
  programs::maker m{};
  auto const x = m.input("x", {rows});
  auto const y = m.output("y", {rows, columns});
  auto const t = m.temporary("t", {1});
  auto const i = m.axis(y, "i", rows);
  auto const j = m.axis(y, "j", columns);
  auto const cell = ir::add_access(m.p, t, {ir::add_index(m.p, 0)});
  auto const fill = ir::add_store(m.p, cell, m.load(x, {m.at(i)}));
  auto const copy = ir::add_store(m.p, ir::add_access(m.p, y, {m.at(i), m.at(j)}), ir::add_load(m.p, cell));
  m.nests = ir::add_loop(m.p, i, ir::add_block(m.p, fill, ir::add_loop(m.p, j, copy)));
  return m.done();
}

ir::program drawn_program(chance& draw) {
  switch (draw.below(10)) {
    case 0: return programs::copy(draw.from(1, 13));
    case 1: return programs::transposed(draw.from(1, 6), draw.from(1, 7));
    case 2: return programs::matmul(draw.from(1, 6), draw.from(1, 6), draw.from(1, 6));
    case 3: return programs::dense_relu(draw.from(1, 6), draw.from(1, 6), draw.from(1, 6));
    case 4: return programs::blur(draw.from(1, 5), draw.from(1, 5));
    case 5: return programs::row_argmax(draw.from(1, 6), draw.from(1, 6));
    case 6: return last_one_wins(draw.from(1, 5), draw.from(1, 5));
    case 7: return row_by_row(draw.from(1, 5), draw.from(1, 5));
    case 8: return through_a_cell(draw.from(1, 5), draw.from(1, 5));
    default: return programs::matmul_of_rows(12, draw.from(1, 4), draw.from(1, 4), draw.from(1, 2));
  }
}

step drawn_step(chance& draw, ir::program const& p) {
  std::vector<loop_name> loops = loops_of(p);
  auto const any = [&] { return loops[draw.below(loops.size())]; };
  auto const policy = static_cast<tail>(draw.below(6));
  switch (draw.below(12)) {
    case 0:
    case 1:
    case 2: return split(any(), draw.from(1, 7), policy);
    case 3: return split(any(), parts(draw.from(1, 5)), policy);
    case 4: {
      std::size_t const at = draw.below(loops.size());
      return fuse(loops[at], loops[at + 1 < loops.size() ? at + 1 : 0]);
    }
    case 5: return draw.below(2) == 0 ? peel(any()) : peel(any(), draw.from(1, 3));
    case 6: return draw.below(2) == 0 ? unroll(any()) : serial(any());
    case 7: return specialize("M", draw.from(1, 12));
    default: {
      step made{.what = action::reorder};
      std::size_t const count = 2 + draw.below(4);
      label const stage = any().stage;
      for (std::size_t n = 0; n < count && !loops.empty(); ++n) {
        std::size_t const at = draw.below(loops.size());
        if (loops[at].stage == stage) made.loops.push_back(loops[at]);
        loops.erase(loops.begin() + static_cast<std::ptrdiff_t>(at));
      }
      if (made.loops.size() < 2) return serial(made.loops.empty() ? loop_name{.loop = "none"} : made.loops[0]);
      return made;
    }
  }
}

}  // namespace

TEST_CASE("loop steps keep the outputs") {
  char const* const given = std::getenv("TENON_SEED");
  std::uint64_t const first = given != nullptr ? std::strtoull(given, nullptr, 10) : 1;
  int accepted = 0;
  for (std::uint64_t seed = first; seed < first + (given != nullptr ? 1 : 4000); ++seed) {
    chance draw{seed * 0x9e3779b97f4a7c15u};
    ir::program const plain = drawn_program(draw);
    std::vector<std::int64_t> const rows =
        plain.parameters.size() > 1 ? std::vector<std::int64_t>{plain.parameters[1].divisor * draw.from(1, 6)}
                                    : std::vector<std::int64_t>{};
    ir::program p = plain;
    std::string lines{};
    for (int n = draw.from(1, 6); n > 0; --n) {
      step const s = drawn_step(draw, p);
      ir::program const next = apply(p, s);
      if (next.refused) {
        std::string_view const sentence = next.refused.sentence;
        text line{};
        line << s;
        CHECK_MESSAGE((sentence.starts_with(std::string_view(line)) || sentence.starts_with("this operator")),
                      std::string(sentence));
        if (given != nullptr) MESSAGE(std::string(sentence));
        continue;
      }
      ++accepted;
      p = next;
      text line{};
      line << s << "; ";
      lines += std::string_view(line);
      ir::image const result = ir::evaluate(p, programs::filled(p, rows));
      text const form = ir::verify(p, ir::level::scheduled);
      CAPTURE(seed);
      CAPTURE(lines);
      REQUIRE_MESSAGE(form.empty(), std::string(std::string_view(form)));
      REQUIRE_MESSAGE(result.fault.empty(), std::string(std::string_view(result.fault)));
      REQUIRE(programs::same_outputs(plain, p, rows));
    }
    CAPTURE(seed);
    CAPTURE(lines);
    ir::program const simple = lower::simplify(p);
    REQUIRE(programs::same_outputs(plain, simple, rows));
  }
  if (given == nullptr) CHECK(accepted > 6000);
}
