#include <tenon/ir/cpp_type.hpp>

#include <type_traits>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool is_as_wide_as_its_element() {
  return sizeof(ir::cpp_type<element::i8>) == 1 && sizeof(ir::cpp_type<element::bf16>) == 2 &&
         std::is_same_v<ir::cpp_type<element::f32>, float> && std::is_same_v<ir::cpp_type<element::u64>, std::uint64_t>;
}

TEST_CASE("cpp_type") { CHECK_BOTH(is_as_wide_as_its_element()); }

}  // namespace
