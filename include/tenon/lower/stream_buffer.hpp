#pragma once

#include <tenon/lower/name.hpp>

namespace tenon::lower {

/// Lets stores to a tensor go past the caches.
///
/// Needs: a tensor that the operator writes.
/// Keeps: every value.
constexpr ir::program stream_buffer(ir::program p, step const& s) {
  ir::buffer_id const b = find_buffer(p, s.tensor);
  if (b == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  if (p[b].use == ir::role::input) {
    return ir::refuse(p, text{} << s << ": " << s.tensor << " is only read; stream what is written");
  }
  p[b].streaming = true;
  return p;
}

}  // namespace tenon::lower
