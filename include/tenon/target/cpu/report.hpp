#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tenon/lower/pipeline.hpp>
#include <tenon/target/cpu/kernel.hpp>
#include <tenon/target/text.hpp>

namespace tenon::cpu {

/// The program of an operator before and after each step of its schedule for the largest set of instructions compiled in, and
/// as it became code.
template <class Op>
std::vector<show::moment> history_of() {
  constexpr isa set = detail::largest_isa();
  auto const carry_out = [](ir::program const& p, step const& s) { return lower::apply(p, s, machine_for<Op>()); };
  std::vector<show::moment> all = show::history(staged<Op>, schedule_of<Op, set>, carry_out);
  if (!all.back().program.refused) all.push_back({"lowered", lowered<Op, set>});
  return all;
}

/// The loop nest after each step, as text.
template <class Op>
std::string steps_of() {
  return show::steps_report(history_of<Op>());
}

/// One page of HTML that holds everything: the nest after each step, the memory map, what it costs. No other file is needed.
template <class Op>
std::string html_of(std::string_view title) {
  ir::program const& p = kernel<Op>::program();
  analysis::cost const c = kernel<Op>::figures();
  return show::html_page({.title = std::string(title),
                          .history = history_of<Op>(),
                          .facts = show::cost_facts(c),
                          .tables = {{"Memory", show::memory_table(p)}, {"Cost", show::cost_figures(p, c)}}});
}

}  // namespace tenon::cpu
