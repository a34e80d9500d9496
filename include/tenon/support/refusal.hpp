#pragma once

#include <tenon/support/text.hpp>

namespace tenon {

/// Why something the user asked for cannot be had: a sentence that starts with the user's own line. Empty means "granted".
struct refusal {
  text sentence{};

  constexpr explicit operator bool() const { return !sentence.empty(); }
  constexpr bool operator==(refusal const&) const = default;
};

}  // namespace tenon
