#pragma once

#include <cstdint>

#include <tenon/support/text.hpp>

namespace tenon::analysis {

/// What came of trying to prove something.
enum class answer : std::uint8_t { yes, no, unknown };

/// An answer, and the sentence that says what stands against a yes.
struct proof {
  answer is = answer::yes;
  text sentence{};

  constexpr bool operator==(proof const&) const = default;
  /// Keeps the worse of two answers; of equal ones, the first.
  constexpr void add(answer other, text const& why) {
    if (other == answer::yes || is == answer::no || (is == answer::unknown && other == answer::unknown)) return;
    is = other;
    sentence = why;
  }
  constexpr void add(proof const& other) { add(other.is, other.sentence); }
};

}  // namespace tenon::analysis
