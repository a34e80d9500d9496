#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tenon {

/// A sentence that constexpr code can write. What does not fit is cut off.
struct text {
  char letters[320]{};
  std::size_t count = 0;

  constexpr text() = default;
  constexpr explicit text(std::string_view s) { *this << s; }

  constexpr text& operator<<(std::string_view s) {
    for (char letter : s) {
      if (count < sizeof letters) letters[count++] = letter;
    }
    return *this;
  }
  constexpr text& operator<<(char const* s) { return *this << std::string_view(s); }

  template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>)
  constexpr text& operator<<(T number) {
    bool negative = false;
    if constexpr (std::signed_integral<T>) negative = number < 0;
    if (negative) *this << "-";
    // Digits are taken from the negative side, where every number has its place.
    std::int64_t left = negative ? std::int64_t(number) : -std::int64_t(number);
    char digits[20]{};
    int size = 0;
    do {
      digits[size++] = static_cast<char>('0' - left % 10);
      left /= 10;
    } while (left != 0);
    while (size > 0) *this << std::string_view(&digits[--size], 1);
    return *this;
  }

  constexpr std::size_t size() const { return count; }
  constexpr bool empty() const { return count == 0; }
  constexpr operator std::string_view() const { return {letters, count}; }
  constexpr bool operator==(std::string_view s) const { return std::string_view(*this) == s; }
  constexpr bool operator==(text const& other) const { return *this == std::string_view(other); }
};

/// Writes to a sentence that is just being made: `text{} << s`.
template <std::same_as<text> Text, class T>  // deduced, so that an lvalue is turned away before T is asked about
constexpr text& operator<<(Text&& to, T const& what)
  requires(!std::integral<T> && !std::convertible_to<T, std::string_view> && requires(text& t) { t << what; })
{
  return to << what;
}

}  // namespace tenon
