#pragma once

#include <cstddef>
#include <type_traits>

namespace tenon {

class text_view;

namespace detail {

template <class T>
concept letters_of_someone = requires(T const& s) {
  requires std::is_same_v<decltype(s.data()), char const*>;
  requires std::is_same_v<decltype(s.size()), std::size_t>;
};
// A std::string is none of them: it copies. No concept: nvcc would look at it anew for each argument of each `<<`.
template <class T>
inline constexpr bool is_standard_view = false;
template <class T>
  requires requires { typename T::traits_type; }
inline constexpr bool is_standard_view<T> =
    !requires { typename T::allocator_type; } && std::is_constructible_v<T, char const*, std::size_t>;

}  // namespace detail

/// Letters that somebody else keeps. It stands for std::string_view, and becomes one where that is asked for: the standard's brings
/// 3,700 lines along, which nvcc reads three times.
class text_view {
 public:
  constexpr text_view() = default;
  constexpr text_view(char const* data, std::size_t size) : data_(data), size_(size) {}
  /// Letters up to a '\0'.
  constexpr text_view(char const* s) : data_(s) {
    while (s[size_] != '\0') ++size_;
  }
  /// All of a std::string or std::string_view.
  template <detail::letters_of_someone S>
  constexpr text_view(S const& s) : text_view(s.data(), s.size()) {}

  constexpr char const* data() const { return data_; }
  constexpr std::size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr char const* begin() const { return data_; }
  constexpr char const* end() const { return data_ + size_; }
  constexpr char operator[](std::size_t at) const { return data_[at]; }

  /// The letters from `first` on, which is at most `size()`; at most `count` of them.
  constexpr text_view substr(std::size_t first, std::size_t count = static_cast<std::size_t>(-1)) const {
    std::size_t const rest = size_ - first;
    return {data_ + first, count < rest ? count : rest};
  }
  constexpr bool starts_with(text_view s) const { return substr(0, s.size_ < size_ ? s.size_ : size_) == s; }
  constexpr bool contains(char letter) const {
    for (char const each : *this) {
      if (each == letter) return true;
    }
    return false;
  }

  template <class View>
    requires detail::is_standard_view<View>
  constexpr operator View() const {
    return {data_, size_};
  }
  friend constexpr bool operator==(text_view a, text_view b) {
    if (a.size_ != b.size_) return false;
    for (std::size_t at = 0; at < a.size_; ++at) {
      if (a.data_[at] != b.data_[at]) return false;
    }
    return true;
  }
  template <class View>
    requires detail::is_standard_view<View>
  friend constexpr bool operator==(text_view a, View b) {
    return a == text_view(b);
  }
  /// Writes the letters to a stream of characters.
  template <class Stream>
    requires requires(Stream& s) { s.write(static_cast<char const*>(nullptr), std::ptrdiff_t{}); }
  friend constexpr Stream& operator<<(Stream& to, text_view letters) {
    to.write(letters.data_, static_cast<std::ptrdiff_t>(letters.size_));
    return to;
  }

 private:
  char const* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace tenon
