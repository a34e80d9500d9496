#pragma once

#include <string>
#include <vector>

#include <tenon/lower/pipeline.hpp>
#include <tenon/target/cuda/figures_table.hpp>
#include <tenon/target/cuda/inspect.hpp>
#include <tenon/target/cuda/kernel.hpp>
#include <tenon/target/text/history.hpp>
#include <tenon/target/text/loop_nest.hpp>
#include <tenon/target/text/steps_report.hpp>

namespace tenon::cuda {

/// The loops and barriers of an operator's kernel.
template <class Op>
std::string loop_nest_of() {
  return show::loop_nest(kernel<Op>::program());
}

/// What the kernel of an operator does and needs, as a table.
template <class Op>
std::string cost_table_of() {
  return cost_table(kernel<Op>::figures());
}

/// The program of an operator before and after each step of its schedule for a GPU, and as it became code.
template <class Op>
std::vector<show::moment> history_of() {
  auto const carry_out = [](ir::program const& p, step const& s) { return lower::apply(p, s, machine_for<Op>()); };
  std::vector<show::moment> all = show::history(staged<Op>, schedule_of<Op>, carry_out);
  if (!all.back().program.refused) all.push_back({"lowered", plan<Op>::program});
  return all;
}

/// The loop nest after each step, as text.
template <class Op>
std::string steps_of() {
  return show::steps_report(history_of<Op>());
}

}  // namespace tenon::cuda
