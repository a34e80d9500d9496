#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>

namespace tenon::show {

namespace detail {

/// Three digits that count: 1.5, 12, 246.
inline std::string three_digits(double number) {
  int const places = number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
  char letters[340];
  std::string words{letters,
                    std::to_chars(letters, letters + sizeof letters, number, std::chars_format::fixed, places).ptr};
  if (places > 0) {
    words.erase(words.find_last_not_of('0') + 1);
    if (words.back() == '.') words.pop_back();
  }
  return words;
}

inline std::string scaled(double number, double step, char const* const (&units)[5]) {
  int at = 0;
  while (number >= step && at < 4) {
    number /= step;
    ++at;
  }
  return three_digits(number) + units[at];
}

}  // namespace detail

/// "512 B", "1.5 KiB", "12 MiB".
inline std::string bytes_in_words(std::int64_t bytes) {
  static constexpr char const* units[5]{" B", " KiB", " MiB", " GiB", " TiB"};
  return detail::scaled(static_cast<double>(bytes), 1024, units);
}

/// "50.3 million", "384".
inline std::string count_in_words(double count) {
  static constexpr char const* units[5]{"", " thousand", " million", " billion", " trillion"};
  return detail::scaled(count, 1000, units);
}

/// "196 608": all digits, in groups of three.
inline std::string in_groups(std::int64_t number) {
  std::string words = std::to_string(number);
  for (std::size_t at = words.size(); at > (number < 0 ? 4u : 3u);) words.insert(at -= 3, " ");
  return words;
}

}  // namespace tenon::show
