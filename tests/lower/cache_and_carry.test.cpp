#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/ir/verify.hpp>
#include <tenon/lower/cache_buffer.hpp>
#include <tenon/lower/carry_reduction.hpp>
#include <tenon/lower/decompose_reduction.hpp>
#include <tenon/lower/place_buffers.hpp>
#include <tenon/lower/relax_predicates.hpp>
#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/rfactor_reduction.hpp>
#include <tenon/lower/simplify.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/cache.hpp>
#include <tenon/schedule/carry.hpp>
#include <tenon/schedule/decompose.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/rfactor.hpp>
#include <tenon/schedule/split.hpp>

/// The law of the steps for caches and reductions: whatever of them are carried out, the outputs stay what they were, also
/// when conditions are relaxed and buffers placed.

using namespace tenon;

namespace {

struct chance {
  std::uint64_t state;
  std::size_t below(std::size_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % n;
  }
  int from(int first, int last) { return first + static_cast<int>(below(static_cast<std::size_t>(last - first + 1))); }
  template <class T>
  T const& one_of(std::vector<T> const& all) {
    return all[below(all.size())];
  }
};

ir::program apply(ir::program const& p, step const& s) {
  switch (s.what) {
    case action::split: return lower::split_loop(p, s);
    case action::reorder: return lower::reorder_loops(p, s);
    case action::cache: return lower::cache_buffer(p, s);
    case action::carry: return lower::carry_reduction(p, s);
    case action::decompose: return lower::decompose_reduction(p, s);
    default: return lower::rfactor_reduction(p, s);
  }
}

/// y(c, i) = sum(d, r: u(d, i + r - 1) * w(c, d, r)), where u is `outside` outside
ir::program convolution(int channels, int width, int depth, double outside) {
  programs::maker m{};
  auto const u = m.input("u", {depth, width});
  auto const w = m.input("w", {channels, depth, 3});
  auto const y = m.output("y", {channels, width});
  auto const c = m.axis(y, "c", channels), i = m.axis(y, "i", width);
  auto const d = m.axis(y, "k", depth), r = m.axis(y, "r", 3);
  auto const at = ir::add_index(m.p, ir::op::sub, ir::add_index(m.p, ir::op::add, m.at(i), m.at(r)), 1);
  auto const read = m.load_or(u, {m.at(d), at}, m.number(outside));
  m.stage(y, {c, i}, m.sum(y, {d, r}, m.binary(ir::op::mul, read, m.load(w, {m.at(c), m.at(d), m.at(r)}))));
  return m.done();
}

/// y(i, j) = half(sum(k, x(i, k) * w(k, j)))
ir::program narrow_matmul(int rows, int columns, int depth) {
  programs::maker m{};
  auto const x = m.tensor("x", element::f16, ir::role::input, {rows, depth});
  auto const w = m.tensor("w", element::f16, ir::role::input, {depth, columns});
  auto const y = m.tensor("y", element::f16, ir::role::output, {rows, columns});
  auto const i = m.axis(y, "i", rows), j = m.axis(y, "j", columns), k = m.axis(y, "k", depth);
  m.stage(y, {i, j},
          m.sum(y, {k}, m.binary(ir::op::mul, m.load(x, {m.at(i), m.at(k)}), m.load(w, {m.at(k), m.at(j)}))));
  return m.done();
}

ir::program draw_program(chance& luck) {
  int const a = luck.from(1, 7), b = luck.from(1, 7), c = luck.from(1, 7);
  switch (luck.below(6)) {
    case 0: return programs::matmul(a, b, c);
    case 1: return programs::dense_relu(a, b, c);
    case 2: return programs::blur(a, b);
    case 3: return programs::row_argmax(a, b);
    case 4: return narrow_matmul(a, b, c);
    default: return convolution(a, b, luck.from(1, 3), luck.from(0, 1));
  }
}

std::vector<loop_name> loops_of(ir::program const& p) {
  std::vector<loop_name> all{};
  ir::each_statement(p, p.root, [&](ir::node_id n) {
    if (p[n].what == ir::op::loop) all.push_back({p[p[p[n].axis()].stage].name, p[p[n].axis()].name});
  });
  return all;
}

step draw_step(chance& luck, ir::program const& p) {
  std::vector<loop_name> const loops = loops_of(p);
  auto const some_loops = [&](step s, std::size_t most) {
    for (std::size_t n = 1 + luck.below(most); n-- > 0;) s.loops.push_back(luck.one_of(loops));
    return s;
  };
  switch (luck.below(8)) {
    case 0:
    case 1: {
      std::vector<tail> const tails{tail::guard, tail::guard, tail::peel, tail::shift};
      loop_name const l = luck.one_of(loops);
      // No user splits what was split three times.
      if (std::string_view(l.loop).size() > 18) return carry(l, l);
      return split(l, luck.from(2, 4), luck.one_of(tails));
    }
    case 2: return some_loops({.what = action::reorder}, 6);
    case 3: return carry(luck.one_of(loops), luck.one_of(loops));
    case 4: return decompose(luck.one_of(loops), luck.one_of(loops));
    case 5: return rfactor(luck.one_of(loops));
    default: {
      step s{.what = action::cache, .tensor = {p.buffers[1 + luck.below(p.buffers.size() - 1)].name}};
      s.loops.push_back(luck.one_of(loops));
      return luck.below(4) == 0 ? s : some_loops(s, 4);
    }
  }
}

/// Draws steps, carries out what is granted, and says what went wrong, or nothing.
std::string follow(chance luck, int& granted) {
  ir::program const start = draw_program(luck);
  ir::program p = start;
  std::string plan{};
  auto const holds = [&](ir::program const& now, char const* what) {
    text const illegal = ir::verify(now, ir::level::scheduled);
    if (illegal.empty() && programs::same_outputs(start, now)) return true;
    plan += std::string(what) + ": " + std::string(std::string_view(illegal));
    if (illegal.empty()) plan += std::string_view(ir::evaluate(now, programs::filled(now)).fault);
    return false;
  };
  for (int n = 0; n < 40; ++n) {
    step const s = draw_step(luck, p);
    ir::program const next = apply(p, s);
    if (next.refused) continue;
    text line{};
    line << s << "; ";
    plan += std::string_view(line);
    p = next;
    ++granted;
    if (!holds(p, "step")) return plan;
  }
  if (!holds(lower::relax_predicates(p), "relax_predicates")) return plan;
  if (!holds(lower::place_buffers(lower::simplify(lower::relax_predicates(p))), "simplify")) return plan;
  return {};
}

}  // namespace

TEST_CASE("caches and reductions keep what is computed") {
  char const* given = std::getenv("TENON_SEED");
  std::uint64_t const seed = given == nullptr ? 7 : std::strtoull(given, nullptr, 10);
  int granted = 0;
  for (std::uint64_t n = 0; n < 300; ++n) {
    std::string const fault = follow(chance{seed * 1000 + n}, granted);
    CAPTURE(seed * 1000 + n);
    CHECK(fault == "");
  }
  CHECK(granted > 300);
}
