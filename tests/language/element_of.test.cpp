#include <tenon/language/element_of.hpp>

#include "support/both.hpp"

using namespace tenon;

constexpr bool every_integer_of_a_size_is_the_same_element() {
  return element_of<long> == element::i64 && element_of<long long> == element::i64 &&
         element_of<unsigned long long> == element::u64 && element_of<signed char> == element::i8 &&
         element_of<unsigned char> == element::u8 && element_of<short> == element::i16 &&
         element_of<int const> == element::i32;
}
constexpr bool letters_and_objects_are_no_elements() {
  return !element_type<char> && !element_type<char8_t> && !element_type<wchar_t> && !element_type<int*> &&
         !element_type<void> && !element_type<long double>;
}
constexpr bool two_of_four_bits_share_an_object() {
  return element_of<int4x2> == element::i4 && element_of<uint4x2> == element::u4 && elements_in<int4x2> == 2 &&
         elements_in<float> == 1;
}

TEST_CASE("element_of") {
  CHECK_BOTH(every_integer_of_a_size_is_the_same_element());
  CHECK_BOTH(letters_and_objects_are_no_elements());
  CHECK_BOTH(two_of_four_bits_share_an_object());
  CHECK(element_of<half> == element::f16);
  CHECK(element_of<bfloat16> == element::bf16);
  CHECK(element_of<bool> == element::boolean);
}
