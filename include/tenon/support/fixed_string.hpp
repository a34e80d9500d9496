#pragma once

#include <cstddef>

#include <tenon/support/text_view.hpp>

namespace tenon {

/// A string that can be a template argument.
template <std::size_t N>
struct fixed_string {
  char text[N + 1]{};

  constexpr fixed_string() = default;
  constexpr fixed_string(char const (&literal)[N + 1]) {
    for (std::size_t at = 0; at != N; ++at) text[at] = literal[at];
  }
  constexpr explicit fixed_string(text_view s) {
    for (std::size_t at = 0; at != N; ++at) text[at] = s[at];
    text[N] = '\0';  // written, or Clang may print the letters as numbers
  }

  constexpr std::size_t size() const { return N; }
  constexpr bool empty() const { return N == 0; }
  constexpr operator text_view() const { return {text, N}; }
  template <class View>
    requires detail::is_standard_view<View>
  constexpr operator View() const {
    return text_view(*this);
  }
  constexpr bool operator==(fixed_string const&) const = default;
};

template <std::size_t N>
fixed_string(char const (&)[N]) -> fixed_string<N - 1>;

}  // namespace tenon
