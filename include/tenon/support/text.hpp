#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/support/text_view.hpp>
#include <tenon/support/unfolded.hpp>

namespace tenon {

/// A sentence that constexpr code can write. What does not fit is cut off.
struct text {
  char letters[512]{};
  std::size_t count = 0;

  constexpr text(unfolded = {}) {}
  constexpr explicit text(text_view s) { *this << s; }

  constexpr text& operator<<(text_view s) {
    for (char letter : s) {
      if (count < sizeof letters) letters[count++] = letter;
    }
    return *this;
  }
  constexpr text& operator<<(char const* s) { return *this << text_view(s); }

  // Plain overloads: a template would be asked about every literal and every name that a sentence is made of.
  constexpr text& operator<<(int n) {
    return number(n < 0, n < 0 ? 0u - static_cast<unsigned>(n) : static_cast<unsigned>(n));
  }
  constexpr text& operator<<(long n) { return *this << static_cast<long long>(n); }
  constexpr text& operator<<(long long n) {
    auto const bits = static_cast<unsigned long long>(n);
    return number(n < 0, n < 0 ? 0ULL - bits : bits);
  }
  constexpr text& operator<<(unsigned n) { return number(false, n); }
  constexpr text& operator<<(unsigned long n) { return number(false, n); }
  constexpr text& operator<<(unsigned long long n) { return number(false, n); }
  text& operator<<(bool) = delete;
  text& operator<<(char) = delete;

  constexpr std::size_t size() const { return count; }
  constexpr bool empty() const { return count == 0; }
  constexpr operator text_view() const { return {letters, count}; }
  template <class View>
    requires detail::is_standard_view<View>
  constexpr operator View() const {
    return text_view(*this);
  }
  constexpr bool operator==(text_view s) const { return text_view(*this) == s; }
  template <class View>
    requires detail::is_standard_view<View>
  constexpr bool operator==(View s) const {
    return *this == text_view(s);
  }
  constexpr bool operator==(text const& other) const { return *this == text_view(other); }

 private:
  constexpr text& number(bool negative, unsigned long long size) {
    if (negative) *this << "-";
    char digits[20]{};
    int at = 20;
    do {
      digits[--at] = static_cast<char>('0' + size % 10);
      size /= 10;
    } while (size != 0);
    return *this << text_view(&digits[at], static_cast<std::size_t>(20 - at));
  }
};

/// Writes a sentence to a stream of characters.
template <class Stream>
constexpr Stream& operator<<(Stream& to, text const& sentence)
  requires requires { to.write(sentence.letters, static_cast<std::ptrdiff_t>(sentence.count)); }
{
  to.write(sentence.letters, static_cast<std::ptrdiff_t>(sentence.count));
  return to;
}

}  // namespace tenon
