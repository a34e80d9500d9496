#include <tenon/ir/element.hpp>

#include "support/both.hpp"

using namespace tenon;

constexpr bool knows_sizes() {
  return ir::bits_of(element::i4) == 4 && ir::bytes_of(element::i4) == 1 && ir::bytes_of(element::bf16) == 2 &&
         ir::bytes_of(element::f64) == 8 && ir::bytes_of(element::boolean) == 1 && ir::bytes_of(ir::index_type) == 8;
}

constexpr bool sorts_types_into_kinds() {
  return ir::is_float(element::f16) && ir::is_float(element::f64) && !ir::is_float(element::u64) &&
         ir::is_integer(element::i4) && ir::is_integer(element::u64) && !ir::is_integer(element::boolean) &&
         ir::is_unsigned(element::u8) && ir::is_unsigned(element::boolean) && !ir::is_unsigned(element::i64);
}

constexpr text printed(element e) {
  text made{};
  return made << e;
}

constexpr bool prints_the_user_s_words() {
  return printed(element::u8) == "uint8" && printed(element::f16) == "half" && printed(element::f32) == "float" &&
         printed(element::boolean) == "bool";
}

TEST_CASE("element") {
  CHECK_BOTH(knows_sizes());
  CHECK_BOTH(sorts_types_into_kinds());
  CHECK_BOTH(prints_the_user_s_words());
}
