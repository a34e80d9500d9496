#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/analysis/bounds.hpp>
#include <tenon/analysis/coverage.hpp>
#include <tenon/analysis/races.hpp>
#include <tenon/ir/build.hpp>
#include <tenon/ir/evaluate.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/verify.hpp>
#include <tenon/lower/interleave_threads.hpp>
#include <tenon/lower/pipeline.hpp>
#include <tenon/schedule/step.hpp>

#include "fuzz/draw_operator.hpp"
#include "support/programs.hpp"

namespace tenon::fuzz {

/// How often each step was carried out and refused, and what the proofs said.
struct tally {
  std::map<std::string, std::pair<int, int>> steps{};
  int proved = 0;
  int not_proved = 0;
  int covered = 0;
  int not_covered = 0;
  int free = 0;
  int raced = 0;
  int interleaved = 0;
  int not_interleaved = 0;
};

/// The program whose parallel loops run backwards: free of races, it computes the same.
inline ir::program backwards(ir::program p) {
  std::size_t const known = p.nodes.size();
  for (std::size_t n = 1; n < known; ++n) {
    ir::node const old = p.nodes[n];
    if (old.what != ir::op::counter || p[old.axis()].kind != ir::loop_kind::parallel) continue;
    ir::node_id const last = ir::add_index(p, ir::op::sub, p[old.axis()].extent, 1);
    ir::node_id const counter = ir::add_counter(p, old.axis());
    p.nodes[n] = {.what = ir::op::sub, .type = ir::index_type, .a = last, .b = counter};
  }
  return p;
}

/// What is wrong with `p`, made of the operator by steps that were granted; empty if nothing is.
inline std::string wrong_with(ir::program const& p, ir::level at, drawn_operator const& from, ir::image const& expected,
                              tally* counts) {
  if (p.refused) return "refused: " + std::string(std::string_view(p.refused.sentence));
  text const illegal = ir::verify(p, at);
  if (!illegal.empty()) return "not a legal program: " + std::string(std::string_view(illegal));
  ir::image const made = ir::evaluate(p, programs::filled(p, from.parameters));
  if (!made.fault.empty()) return "a fault: " + std::string(std::string_view(made.fault));
  for (std::size_t b = 1; b <= p.arguments; ++b) {
    if (!(made.buffers[b] == expected.buffers[b])) return std::string(std::string_view(p.buffers[b].name)) + " differs";
  }
  analysis::proof const covered = analysis::covers(p);
  if (covered.is == analysis::answer::no || (at == ir::level::staged && covered.is != analysis::answer::yes)) {
    return "refused by covers: " + std::string(std::string_view(covered.sentence));
  }
  if (counts != nullptr) ++(covered.is == analysis::answer::yes ? counts->covered : counts->not_covered);
  bool parallel = false;
  for (ir::axis const& a : p.axes) parallel |= a.kind == ir::loop_kind::parallel;
  if (parallel) {
    bool const raced = static_cast<bool>(analysis::races(p));
    if (counts != nullptr) ++(raced ? counts->raced : counts->free);
    if (!raced) {
      ir::image const other = ir::evaluate(backwards(p), programs::filled(p, from.parameters));
      if (!other.fault.empty()) return "parallel loops run backwards: " + std::string(std::string_view(other.fault));
      for (std::size_t b = 1; b <= p.arguments; ++b) {
        if (!(other.buffers[b] == expected.buffers[b])) return "free of races it seemed, but not backwards";
      }
    }
  }
  analysis::proof const inside = analysis::in_bounds(p);
  if (inside.is == analysis::answer::no)
    return "refused by in_bounds: " + std::string(std::string_view(inside.sentence));
  if (counts != nullptr) ++(inside.is == analysis::answer::yes ? counts->proved : counts->not_proved);
  return {};
}

/// What goes wrong when the steps are carried out one after another, those that are refused left out; empty if nothing does.
inline std::string wrong_after(std::vector<step> const& steps, drawn_operator const& from, ir::image const& expected,
                               tally* counts) {
  ir::program p = from.program;
  for (step const& s : steps) {
    ir::program const next = lower::apply(p, s);
    if (counts != nullptr)
      ++(next.refused ? counts->steps[std::string(name_of(s.what))].second
                      : counts->steps[std::string(name_of(s.what))].first);
    text line{};
    line << s;
    std::string const said{std::string_view(line)};
    if (next.refused) {
      std::string const why{std::string_view(lower::said_of(s, next.refused.sentence))};
      if (why.rfind(said.substr(0, 60), 0) != 0) return said + ": a refusal that does not begin with it: " + why;
      if (why.size() >= sizeof text::letters) return said + ": a refusal that is cut off: " + why;
      continue;
    }
    std::string const wrong = wrong_with(next, ir::level::scheduled, from, expected, counts);
    if (!wrong.empty()) return said + ": " + wrong;
    p = next;
  }
  ir::program const threaded = lower::interleave_threads(p);
  if (counts != nullptr && lower::has_virtual_threads(p))
    ++(threaded.refused ? counts->not_interleaved : counts->interleaved);
  bool const met = threaded.refused && std::string_view(threaded.refused.sentence).rfind("virtual_thread(", 0) == 0;
  if (!met && !(threaded == p)) {
    std::string const torn = wrong_with(threaded, ir::level::scheduled, from, expected, nullptr);
    if (!torn.empty()) return "interleaved: " + torn;
  }
  ir::program const finished = lower::finish(met ? p : threaded);
  std::string const wrong = wrong_with(finished, ir::level::lowered, from, expected, nullptr);
  return wrong.empty() ? wrong : "at the end: " + wrong;
}

}  // namespace tenon::fuzz
