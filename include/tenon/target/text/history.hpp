#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tenon/ir/program.hpp>
#include <tenon/schedule/schedule.hpp>

namespace tenon::show {

/// A program as one line of a schedule left it.
struct moment {
  std::string line{};  // the step; or what else the program is: "as written", "lowered"
  ir::program program{};
};

/// The staged program, and what each step of the schedule makes of it, up to the first that is refused.
/// `apply(program, step)` carries out one of them.
template <class Apply>
std::vector<moment> history(ir::program const& staged, schedule const& plan, Apply const& apply) {
  std::vector<moment> all{};
  all.reserve(plan.steps.size() + 2);
  all.push_back({"as written", staged});
  for (step const& s : plan.steps) {
    if (all.back().program.refused) break;
    text line{};
    line << s;
    all.push_back({std::string(std::string_view(line)), apply(all.back().program, s)});
  }
  return all;
}

}  // namespace tenon::show
