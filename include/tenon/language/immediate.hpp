#pragma once

#include <concepts>

#include <tenon/language/expression.hpp>
#include <tenon/language/extent.hpp>
#include <tenon/support/fixed_string.hpp>

namespace tenon {

/// A number that is written into an instruction of a machine of the user's. In its `define()` it stands for any number:
/// `y(i) = x(i) >> places` with `immediate<"places", std::int32_t> places;`.
template <fixed_string Name, class T>
struct immediate {
  static_assert(is_name(text_view(Name)),
                "tenon: the name of an immediate is one to 32 letters, digits and underscores");
  static_assert(std::integral<T> && !std::same_as<T, bool>, "tenon: an immediate is an integer");

  using operands = types<>;
  static constexpr element type = element_of<T>;
  static constexpr bool index = false;
  static constexpr bool calls = false;
  constexpr ir::node_id stage(detail::staging& s, element wanted) const {
    return s.fit(s.fit(s.extent_value({.name = text_view(Name)}), type), wanted);
  }
  static constexpr text written() { return text{} << text_view(Name); }
};

}  // namespace tenon
