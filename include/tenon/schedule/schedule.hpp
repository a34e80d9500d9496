#pragma once

#include <cstddef>
#include <type_traits>

#include <tenon/schedule/step.hpp>
#include <tenon/support/static_vector.hpp>
#include <tenon/support/text.hpp>

namespace tenon {

/// How the loops of an operator are arranged: a list of steps, carried out one after another. Says nothing about what is computed.
struct schedule {
  static_vector<step, 64> steps{};
  int left_out = 0;  // steps for which there was no room; such a schedule is refused

  constexpr schedule& operator+=(step const& s) {
    if (steps.full()) ++left_out;
    else steps.push_back(s);
    return *this;
  }
  constexpr schedule& operator+=(schedule const& more) {
    for (step const& s : more.steps) *this += s;
    left_out += more.left_out;
    return *this;
  }
  /// Why it cannot be carried out, or nothing.
  constexpr text flaw() const {
    if (left_out == 0) return {};
    return text{} << "steps(...): a schedule holds " << steps.capacity << " steps, and this one has "
                  << steps.capacity + static_cast<std::size_t>(left_out)
                  << "; leave some out, or compute some stages in an operator of their own";
  }
  constexpr bool operator==(schedule const&) const = default;
};

/// A schedule of steps and of other schedules, in this order.
template <class... Parts>
constexpr auto steps(Parts const&... parts) {
  static_assert(((std::is_convertible_v<Parts, step> || std::is_convertible_v<Parts, schedule>) && ...),
                "tenon: steps(...) holds steps, such as split(i, 8), and other schedules");
  schedule all{};
  ((all += parts), ...);
  return all;
}

}  // namespace tenon
