#pragma once

#include <string>
#include <vector>

#include <tenon/lower/pipeline.hpp>
#include <tenon/target/text/history.hpp>
#include <tenon/target/text/loop_nest.hpp>
#include <tenon/target/text/steps_report.hpp>
#include <tenon/target/text/table.hpp>
#include <tenon/target/vta/kernel.hpp>
#include <tenon/target/vta/timing.hpp>

namespace tenon::vta {

/// The loops of an operator's stream, which are written out, and the nests that its instructions are.
template <class Op, class Sizes = pynq>
std::string loop_nest_of() {
  return show::loop_nest(kernel<Op, Sizes>::program());
}

/// What a stream takes: instructions, micro-ops, cycles of each unit, and how much of the time the matrix unit multiplies.
inline std::string cost_table(stream const& s, timing const& t = {}) {
  run_times const when = times_of(s, t);
  auto const thousandths = [](std::int64_t n) { return std::to_string(n / 10) + "." + std::to_string(n % 10) + " %"; };
  show::table made{.right = "lrr", .rows = {{"", "cycles", "of the time"}}};
  for (unit const u : {unit::load, unit::compute, unit::store}) {
    made.rows.push_back(
        {std::string(name_of(u)), std::to_string(when.busy[static_cast<int>(u)]), thousandths(when.busy_permille(u))});
  }
  made.rows.push_back({"multiplying", std::to_string(when.multiplying), thousandths(when.utilisation_permille())});
  made.rows.push_back({"all", std::to_string(when.total), ""});
  return show::in_columns(made) + std::to_string(s.instructions.size()) + " instructions, " +
         std::to_string(s.micro_ops.size()) + " micro-ops\n";
}

/// What an operator's stream takes.
template <class Op, class Sizes = pynq>
std::string cost_table_of(timing const& t = {}) {
  return cost_table(kernel<Op, Sizes>::stream(), t);
}

/// The program of an operator before and after each step of its schedule, up to one that is refused; and as it became instructions,
/// with virtual threads carried out.
template <class Op, class Sizes = pynq>
std::vector<show::moment> history_of() {
  auto const carry_out = [](ir::program const& p, step const& s) {
    return lower::apply(p, s, accelerator::machine_of<machine<Sizes>>());
  };
  std::vector<show::moment> all = show::history(staged<Op>, Op{}.schedule(vta_target{}), carry_out);
  if constexpr (refused<Op, Sizes>.empty()) all.push_back({"lowered", kernel<Op, Sizes>::program()});
  return all;
}

/// The loop nest after each step, as text.
template <class Op, class Sizes = pynq>
std::string steps_of() {
  return show::steps_report(history_of<Op, Sizes>());
}

}  // namespace tenon::vta
