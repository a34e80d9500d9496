#pragma once

#include <cstddef>
#include <string_view>

namespace tenon {

/// A string that can be a template argument.
template <std::size_t N>
struct fixed_string {
  char text[N + 1]{};

  constexpr fixed_string() = default;
  constexpr fixed_string(char const (&literal)[N + 1]) {
    for (std::size_t at = 0; at != N; ++at) text[at] = literal[at];
  }
  constexpr explicit fixed_string(std::string_view s) {
    for (std::size_t at = 0; at != N; ++at) text[at] = s[at];
    text[N] = '\0';  // written, or Clang may print the letters as numbers
  }

  constexpr std::size_t size() const { return N; }
  constexpr bool empty() const { return N == 0; }
  constexpr operator std::string_view() const { return {text, N}; }
  constexpr bool operator==(fixed_string const&) const = default;
};

template <std::size_t N>
fixed_string(char const (&)[N]) -> fixed_string<N - 1>;

}  // namespace tenon
