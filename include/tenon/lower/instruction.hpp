#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/machine.hpp>

/// What an instruction of a machine is handed, and how a nest corresponds to one.
namespace tenon::lower {

/// How a nest corresponds to an instruction.
struct instruction_match {
  bool matched = false;
  /// What each operand is in the nest, in the order of the instruction's arguments. The address of the operand is the
  /// access with the counters of the nest's loops at 0.
  static_vector<ir::access_id, 6> operands{};
  static_vector<ir::axis_id, 6> axes{};  // the loops of the nest that are the instruction's, outermost first
  static_vector<ir::axis_id, 8> around{};  // the loops outside of these in which the instruction repeats itself
  ir::node_id inside{};  // where the nest copies; where this does not hold, it puts zeros. None: everywhere
  static_vector<std::int64_t, 8> immediates{};  // the numbers written into it, as `immediates_of` names them
  text difference{};  // if not matched
};

/// How far the access moves through memory, in elements, with each turn of a loop; or -1 if that is not a number.
constexpr std::int64_t stride_of(ir::program const& p, ir::access_id id, ir::axis_id along) {
  ir::access const& a = p[id];
  ir::buffer const& b = p[a.of];
  std::int64_t total = 0;
  std::int64_t step = 1;  // of the dimension; 0 if it is told at run time
  for (int d = a.rank - 1; d >= 0; --d) {
    ir::linear const index = ir::linear_of(p, a.at[d]);
    for (ir::linear::term const& t : index.terms) {
      if (p[t.atom].what != ir::op::counter && ir::depends_on(p, t.atom, along)) return -1;
    }
    std::int64_t const factor = ir::factor_of(p, index, along);
    if (factor != 0 && step == 0) return -1;
    total += factor * step;
    ir::node const& extent = p[b.extents[d]];
    step = extent.what == ir::op::constant && !b.strided ? step * (extent.value + b.padding[d]) : 0;
  }
  return total;
}

/// The names of the numbers that are written into an instruction: its run-time extents, then "x.stride" of each operand whose
/// rows may lie apart, or "x.stride0", "x.stride1" where it has more than two dimensions.
constexpr static_vector<label, 10> immediates_of(ir::program const& behaviour) {
  static_vector<label, 10> names{};
  for (std::size_t n = 1; n < behaviour.parameters.size() && !names.full(); ++n)
    names.push_back(behaviour.parameters[n].name);
  for (std::size_t n = 1; n <= behaviour.arguments; ++n) {
    ir::buffer const& b = behaviour.buffers[n];
    for (int d = 0; b.strided && d + 1 < b.rank; ++d) {
      text word{};
      word << "stride";
      if (b.rank > 2) word << d;
      if (!names.full()) names.push_back(b.name.part(word));
    }
  }
  return names;
}

}  // namespace tenon::lower
