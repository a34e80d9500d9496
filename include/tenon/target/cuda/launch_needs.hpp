#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/language/signature.hpp>

namespace tenon::cuda {

/// What has to be known to call a kernel, and is a matter of how it was arranged. Of plain numbers, so that nvcc's pass for the
/// GPU, which alone arranges a kernel, can hand it to the host.
struct launch_needs {
  std::int32_t blocks[3]{1, 1, 1};
  std::int32_t threads[3]{1, 1, 1};  // of a block
  // Of each argument, in bytes; 0: what it has anyway.
  std::int32_t alignments[decltype(signature::arguments)::capacity]{};

  constexpr bool operator==(launch_needs const&) const = default;
};

/// A signature with these alignments.
constexpr signature with_alignments(signature made, launch_needs const& needs) {
  for (std::size_t n = 0; n < made.arguments.size(); ++n) {
    std::int32_t& needed = made.arguments[n].alignment;
    if (needs.alignments[n] > needed) needed = needs.alignments[n];
  }
  return made;
}

}  // namespace tenon::cuda
