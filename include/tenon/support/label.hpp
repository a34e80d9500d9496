#pragma once

#include <cstddef>
#include <string_view>

#include <tenon/support/text.hpp>

namespace tenon {

/// A short name, as the user wrote it: "i", "j.outer", "weights".
struct label {
  char letters[32]{};

  constexpr label() = default;
  constexpr label(std::string_view s) {
    for (std::size_t at = 0; at < s.size() && at < sizeof letters; ++at) letters[at] = s[at];
  }
  constexpr label(char const* s) : label(std::string_view(s)) {}

  constexpr operator std::string_view() const {
    std::size_t size = 0;
    while (size < sizeof letters && letters[size] != '\0') ++size;
    return {letters, size};
  }
  constexpr bool empty() const { return letters[0] == '\0'; }
  constexpr bool operator==(label const&) const = default;

  /// The same name with `.part` behind it.
  constexpr label part(std::string_view name) const {
    text whole{};
    whole << std::string_view(*this) << "." << name;
    return label{std::string_view(whole)};
  }
};

constexpr text& operator<<(text& to, label const& name) { return to << std::string_view(name); }

}  // namespace tenon
