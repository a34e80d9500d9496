#pragma once

#include <concepts>
#include <cstdint>

#include <tenon/support/fixed_string.hpp>
#include <tenon/support/label.hpp>

namespace tenon {

namespace detail {

/// How often an axis runs, or how long a dimension is: a number, or a name for what a call says.
struct extent {
  std::int64_t count = 0;
  label name{};  // empty: `count` is the extent
  std::int64_t bound = 0;
  std::int64_t divisor = 1;
  std::int64_t more = 0;  // added to what the call says

  constexpr bool known() const { return name.empty(); }
  constexpr bool operator==(extent const&) const = default;
  /// Whether it is a run-time extent that is never more than the other.
  constexpr bool fits(extent const& other) const {
    return !known() && name == other.name && bound == other.bound && divisor == other.divisor && more <= other.more;
  }
};

template <fixed_string Name, std::int64_t Bound, std::int64_t Divisor>
struct run_time_sum {
  std::int64_t more = 0;
  constexpr bool operator==(run_time_sum const&) const = default;
  constexpr extent named() const { return {.name = text_view(Name), .bound = Bound, .divisor = Divisor, .more = more}; }
};

template <fixed_string Name, std::int64_t Bound, std::int64_t Divisor>
struct run_time_extent {
  static_assert(is_name(text_view(Name)),
                "tenon: the name of a run-time extent is one to 32 letters, digits and underscores");
  static_assert(Bound >= 0, "tenon: the bound of a run-time extent is at least 1, or 0 where there is none");
  static_assert(Divisor >= 1, "tenon: the divisor of a run-time extent is at least 1");
  static_assert(Bound == 0 || Bound >= Divisor, "tenon: the bound of a run-time extent is at least its divisor");
  constexpr bool operator==(run_time_extent const&) const = default;
  constexpr extent named() const { return {.name = text_view(Name), .bound = Bound, .divisor = Divisor}; }
  friend constexpr run_time_sum<Name, Bound, Divisor> operator+(run_time_extent, std::int64_t more) { return {more}; }
};

/// Longer than any memory of today, and still far from where sums of products of indices would wrap.
inline constexpr std::int64_t most_elements = std::int64_t{1} << 48;

/// Whether it is an extent that there can be: a number from 1 to `most_elements`, or one that a call says.
template <class E>
constexpr bool is_possible(E const& e) {
  if constexpr (std::integral<E>) return static_cast<std::uint64_t>(e) - 1 < static_cast<std::uint64_t>(most_elements);
  else return true;
}

constexpr extent extent_from(std::integral auto count) { return {.count = static_cast<std::int64_t>(count)}; }
// nvcc does not deduce what is in the name of a run-time extent: it is asked.
template <class E>
  requires requires(E const& e) {
    { e.named() } -> std::same_as<extent>;
  }
constexpr extent extent_from(E const& e) {
  return e.named();
}

constexpr text& operator<<(text& to, extent const& e) {
  if (e.known()) return to << e.count;
  return e.more == 0 ? to << e.name : to << e.name << " + " << e.more;
}
constexpr text& operator<<(text&& to, extent const& what) { return to << what; }

}  // namespace detail

/// An extent that a call says: `axis<"i", run_time<"M">>`. It may have a bound, and a number that always divides it.
/// `run_time<"M"> + 2` is two more than that.
template <fixed_string Name, std::int64_t Bound = 0, std::int64_t Divisor = 1>
inline constexpr detail::run_time_extent<Name, Bound, Divisor> run_time{};

/// What can stand as an extent.
template <class T>
concept extent_like = requires(T e) { detail::extent_from(e); };

}  // namespace tenon
