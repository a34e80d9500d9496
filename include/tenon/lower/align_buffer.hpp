#pragma once

#include <cstdint>

#include <tenon/lower/place_buffers.hpp>

namespace tenon::lower {

/// Aligns a temporary, and pads its rows.
///
/// Needs: a tensor of ours, a power of two of at most 4096 bytes.
/// Keeps: every value; only where elements lie changes.
constexpr ir::program align_buffer(ir::program p, step const& s) {
  ir::buffer_id const b = find_buffer(p, s.tensor);
  if (b == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  if (p[b].use != ir::role::temporary) return refuse_argument(p, s);
  std::int64_t const bytes = s.numbers[0];
  std::int64_t const padding = s.numbers.size() > 1 ? s.numbers[1] : 0;
  if (bytes <= 0 || bytes > 4096 || (bytes & (bytes - 1)) != 0) {
    return ir::refuse(p, text{} << s << ": " << bytes
                                << " bytes is no alignment; take a power of two up to 4096, such as 64");
  }
  if (padding < 0 || padding > 4096 || (padding > 0 && p[b].rank == 0)) {
    return ir::refuse(p, text{} << s << ": rows of " << s.tensor << " cannot be padded by " << padding
                                << " elements; take a few, such as 16, for a tensor that has rows");
  }
  p[b].alignment = static_cast<std::int32_t>(bytes);
  if (padding > 0) p[b].padding[p[b].rank - 1] = static_cast<std::int32_t>(padding);
  return p;
}

}  // namespace tenon::lower
