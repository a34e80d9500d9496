#pragma once

#include <tenon/support/fixed_string.hpp>
#include <tenon/support/text.hpp>

namespace tenon {

// GCC spells out the arguments of a variable, Clang those of a concept.
#if defined(__clang__)
template <fixed_string Sentence>
concept granted = Sentence.empty();
#else
/// Whether there is nothing to say against it: `static_assert(granted<sentence(why)>)` shows the user the sentence.
template <fixed_string Sentence>
inline constexpr bool granted = Sentence.empty();
#endif

}  // namespace tenon

/// Stops the compiler with the sentence in the constexpr `text` (or string_view) called `why`, unless it is empty.
#define TENON_GRANT(why) \
  static_assert(::tenon::granted<::tenon::fixed_string<(why).size()>{static_cast<std::string_view>(why)}>, "tenon: this cannot be; the reason stands beside")
