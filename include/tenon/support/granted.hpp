#pragma once

#include <tenon/support/fixed_string.hpp>
#include <tenon/support/text.hpp>
#include <tenon/support/text_view.hpp>

namespace tenon {

#if defined(__clang__)

/// Whether there is nothing to say against what the user asked for. Clang spells out the arguments of a concept that fails.
template <fixed_string Sentence>
concept granted = Sentence.empty();

namespace detail {

// Compiled at the end of the unit: what led here would otherwise be told first, and at length.
template <fixed_string Sentence, class... Of>
void stop() {
  static_assert(granted<Sentence>, "tenon: this cannot be; the sentence below says why");
}

}  // namespace detail

/// Stops the compiler unless the sentence is empty. `Of` is what the sentence is about, so that a note names it.
template <fixed_string Sentence, class... Of>
constexpr bool verdict() {
  if constexpr (!Sentence.empty()) static_cast<void>(&detail::stop<Sentence, Of...>);
  return true;
}

#else

/// Whether there is nothing to say against what the user asked for. GCC spells out the arguments of a variable that is false.
template <fixed_string Sentence>
inline constexpr bool granted = Sentence.empty();

namespace detail {

template <fixed_string Sentence>
struct stop {
  static_assert(granted<Sentence>, "tenon: this cannot be; the sentence above says why");
  static constexpr bool given = true;
};

}  // namespace detail

/// Stops the compiler unless the sentence is empty. GCC names what it instantiates first, so the sentence stands in the name.
template <fixed_string Sentence, class... Of>
constexpr bool verdict() {
  return detail::stop<Sentence>::given;
}

#endif

}  // namespace tenon

// TENON_GRANT(why, of...): stops the compiler with the sentence in the constexpr `text` called `why`, unless it is empty. `of` are
// types that it is about.
#define TENON_GRANT(why, ...)                                                                                          \
  static_assert(::tenon::verdict<::tenon::fixed_string<(why).size()>{static_cast<::tenon::text_view>(why)} __VA_OPT__( \
                    , ) __VA_ARGS__>())
