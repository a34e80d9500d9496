#pragma once

#include <tenon/schedule/step.hpp>
#include <tenon/support/static_vector.hpp>

namespace tenon {

/// How the loops of an operator are arranged: a list of steps, carried out one after another. Says nothing about what is computed.
struct schedule {
  static_vector<step, 64> steps{};

  constexpr schedule& operator+=(step const& s) {
    steps.push_back(s);
    return *this;
  }
  constexpr schedule& operator+=(schedule const& more) {
    for (step const& s : more.steps) steps.push_back(s);
    return *this;
  }
  constexpr bool operator==(schedule const&) const = default;
};

/// A schedule of steps and of other schedules, in this order.
template <class... Parts>
constexpr schedule steps(Parts const&... parts) {
  schedule all{};
  ((all += parts), ...);
  return all;
}

}  // namespace tenon
