#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/program.hpp>
#include <tenon/target/compiled/address.hpp>
#include <tenon/target/cpu/layout.hpp>

namespace tenon::cpu {

using compiled::address;

/// The address of access `id`.
constexpr address address_of(ir::program const& p, layout const& where, ir::access_id id) {
  return compiled::address_of(p, where.at[static_cast<std::size_t>(p[id].of)].strides, id);
}

/// How far apart neighbouring lanes of the loop over `a` are; `irregular` if that is not one number.
struct lane_step {
  std::int64_t factor = 0;
  bool irregular = false;
};
constexpr lane_step step_of(ir::program const& p, layout const& where, address const& of, ir::axis_id a) {
  lane_step step{};
  std::uint16_t const bit = where.vector_of[static_cast<std::size_t>(a)];
  for (address::term const& t : of.terms) {
    if (t.atom == ir::node_id::none) continue;
    if (p[t.atom].what == ir::op::counter && p[t.atom].axis() == a) {
      if (t.dimension >= 0) {
        step.irregular = true;
      } else {
        step.factor += t.factor;
      }
    } else if ((where.varies[static_cast<std::size_t>(t.atom)] & bit) != 0) {
      step.irregular = true;
    }
  }
  return step;
}

}  // namespace tenon::cpu
