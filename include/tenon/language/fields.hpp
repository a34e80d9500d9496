#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <tenon/language/expression.hpp>

/// What the members of a plain struct are.
namespace tenon::detail {

inline constexpr std::size_t most_fields = 32;

struct anything {
  template <class T>
  constexpr operator T() const;
};

template <class T, std::size_t... N>
constexpr bool takes(std::index_sequence<N...>) {
  return requires { T{((void)N, anything{})...}; };
}

/// How many members an aggregate has: it takes that many initialisers and no more, so the number is halved in on.
template <class T, std::size_t Low = 0, std::size_t High = most_fields + 1>
constexpr std::size_t count_fields() {
  if constexpr (High - Low == 1) {
    return Low;
  } else {
    constexpr std::size_t middle = (Low + High) / 2;
    if constexpr (takes<T>(std::make_index_sequence<middle>{})) return count_fields<T, middle, High>();
    else return count_fields<T, Low, middle>();
  }
}

/// Becomes the struct that `T` derives from, and nothing else.
template <class T>
struct any_base {
  template <class Base>
    requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T>)
  constexpr operator Base() const;
};
template <class T>
concept derived = requires { T{any_base<T>{}}; };

template <class... T>
constexpr types<T...> types_of(T const&...) {
  return {};
}

/// The types of the members of an aggregate, in their order.
template <class T>
constexpr auto fields_of(T const& value) {
  constexpr std::size_t count = count_fields<T>();
  static_assert(count < most_fields, "tenon: an operator has at most 31 axes and tensors");
  static_assert(
      !derived<T>,
      "tenon: an operator names all its axes and tensors itself and derives from no other struct; for several "
      "schedules make it a template");
  if constexpr (count == 0 || derived<T>) {
    return types<>{};
  } else if constexpr (count == 1) {
    auto const& [m0] = value;
    return types_of(m0);
  } else if constexpr (count == 2) {
    auto const& [m0, m1] = value;
    return types_of(m0, m1);
  } else if constexpr (count == 3) {
    auto const& [m0, m1, m2] = value;
    return types_of(m0, m1, m2);
  } else if constexpr (count == 4) {
    auto const& [m0, m1, m2, m3] = value;
    return types_of(m0, m1, m2, m3);
  } else if constexpr (count == 5) {
    auto const& [m0, m1, m2, m3, m4] = value;
    return types_of(m0, m1, m2, m3, m4);
  } else if constexpr (count == 6) {
    auto const& [m0, m1, m2, m3, m4, m5] = value;
    return types_of(m0, m1, m2, m3, m4, m5);
  } else if constexpr (count == 7) {
    auto const& [m0, m1, m2, m3, m4, m5, m6] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6);
  } else if constexpr (count == 8) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7);
  } else if constexpr (count == 9) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8);
  } else if constexpr (count == 10) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9);
  } else if constexpr (count == 11) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10);
  } else if constexpr (count == 12) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11);
  } else if constexpr (count == 13) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12);
  } else if constexpr (count == 14) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13);
  } else if constexpr (count == 15) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14);
  } else if constexpr (count == 16) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15);
  } else if constexpr (count == 17) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16);
  } else if constexpr (count == 18) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17);
  } else if constexpr (count == 19) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18);
  } else if constexpr (count == 20) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19);
  } else if constexpr (count == 21) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20);
  } else if constexpr (count == 22) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21] =
        value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21);
  } else if constexpr (count == 23) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                 m22] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                    m22);
  } else if constexpr (count == 24) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                 m22, m23] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                    m22, m23);
  } else if constexpr (count == 25) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                 m22, m23, m24] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                    m22, m23, m24);
  } else if constexpr (count == 26) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                 m22, m23, m24, m25] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                    m22, m23, m24, m25);
  } else if constexpr (count == 27) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                 m22, m23, m24, m25, m26] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                    m22, m23, m24, m25, m26);
  } else if constexpr (count == 28) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                 m22, m23, m24, m25, m26, m27] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                    m22, m23, m24, m25, m26, m27);
  } else if constexpr (count == 29) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                 m22, m23, m24, m25, m26, m27, m28] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                    m22, m23, m24, m25, m26, m27, m28);
  } else if constexpr (count == 30) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                 m22, m23, m24, m25, m26, m27, m28, m29] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                    m22, m23, m24, m25, m26, m27, m28, m29);
  } else if constexpr (count == 31) {
    auto const& [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                 m22, m23, m24, m25, m26, m27, m28, m29, m30] = value;
    return types_of(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21,
                    m22, m23, m24, m25, m26, m27, m28, m29, m30);
  }
}

}  // namespace tenon::detail
