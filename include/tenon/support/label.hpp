#pragma once

#include <cstddef>

#include <tenon/support/text.hpp>
#include <tenon/support/text_view.hpp>

namespace tenon {

/// A short name, as the user wrote it: "i", "j.outer", "weights". One that is too long ends in "~", and a program refuses it.
struct label {
  static constexpr std::size_t capacity = 32;
  char letters[capacity]{};

  constexpr label() = default;
  constexpr label(text_view s) {
    for (std::size_t at = 0; at < s.size() && at < capacity; ++at) letters[at] = s[at];
    if (s.size() > capacity) letters[capacity - 1] = '~';
  }
  constexpr label(char const* s) : label(text_view(s)) {}

  constexpr operator text_view() const {
    std::size_t size = 0;
    while (size < capacity && letters[size] != '\0') ++size;
    return {letters, size};
  }
  template <class View>
    requires detail::is_standard_view<View>
  constexpr operator View() const {
    return text_view(*this);
  }
  constexpr bool empty() const { return letters[0] == '\0'; }
  /// Whether it was too long.
  constexpr bool is_cut() const { return letters[capacity - 1] == '~'; }
  constexpr bool operator==(label const&) const = default;

  /// The same name with `.part` behind it.
  constexpr label part(text_view name) const {
    text whole{};
    whole << text_view(*this) << "." << name;
    return label{text_view(whole)};
  }
};

/// Whether a user may call something so: 1 to 32 letters, digits and "_"; names with a dot are ours.
constexpr bool is_name(text_view s) {
  for (char const letter : s) {
    bool const plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || letter == '_' || static_cast<unsigned char>(letter) > 127;
    if (!plain) return false;
  }
  return !s.empty() && s.size() <= label::capacity;
}

constexpr text& operator<<(text& to, label const& name) { return to << text_view(name); }

}  // namespace tenon
