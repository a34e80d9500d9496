#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/copy_nest.hpp>
#include <tenon/lower/simplify.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

/// Puts a copy for each value of a run-time extent beside the nest, in which that extent is a constant. Later steps work on all of them.
///
///     for i in 0..M                if M == 64
///       S(i)                =>       for i in 0..64
///                                      S(i)
///                                  else
///                                    for i in 0..M
///                                      S(i)
///
/// Needs: a run-time extent of that name, and values that its bound and divisor allow.
/// Keeps: every iteration, in the same order.
constexpr ir::program specialize_loop(ir::program p, step const& s) {
  ir::parameter_id found{};
  for (std::size_t n = 1; n < p.parameters.size(); ++n) {
    if (p.parameters[n].name == s.word) found = static_cast<ir::parameter_id>(n);
  }
  if (found == ir::parameter_id::none) {
    text sentence{};
    sentence << s << ": no run-time extent is called " << s.word << "; ";
    if (p.parameters.size() < 2) return ir::refuse(p, sentence << "this operator has none, and needs no such step");
    sentence << (p.parameters.size() == 2 ? "there is" : "there are");
    for (std::size_t n = 1; n < p.parameters.size(); ++n) sentence << (n > 1 ? ", " : " ") << p.parameters[n].name;
    return ir::refuse(p, sentence);
  }
  ir::parameter const& known = p[found];
  for (std::int64_t value : s.numbers) {
    if (value < 1 || value % known.divisor != 0 || (known.bound != 0 && value > known.bound)) {
      text sentence{};
      sentence << s << ": " << known.name << " is never " << value
               << ", by what its declaration says; take a multiple of " << known.divisor;
      if (known.bound != 0) sentence << " up to " << known.bound;
      return ir::refuse(p, sentence);
    }
  }
  ir::node_id rest = p.root;
  for (std::size_t n = s.numbers.size(); n-- > 0;) {
    nest_copy copy{p};
    ir::node_id const value = ir::add_index(p, s.numbers[n]);
    copy.replace(found, value);
    ir::node_id const nest = copy.nest(p.root);
    ir::node_id const equal = ir::add_binary(p, ir::op::equal, ir::add_parameter(p, found), value);
    rest = p.add(ir::node{.what = ir::op::when, .a = equal, .b = nest, .c = rest});
  }
  p.root = rest;
  return p.refused ? p : drop_known_conditions(p);
}

}  // namespace tenon::lower
