#include <tenon/target/vta/constant_stream.hpp>

#include "support/both.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon::vta;

struct small {
  static constexpr stream make() { return small_stream(); }
};

constexpr bool holds_the_words_of_the_stream() {
  stream const s = small_stream();
  auto const& words = constant_stream<small>;
  static_assert(words.instructions.size() == 8 && words.micro_ops.size() == 2);
  return decode(s.sizes, words.instructions, words.micro_ops, s.micro_op_base) == s;
}
TEST_CASE("constant_stream") { CHECK_BOTH(holds_the_words_of_the_stream()); }

}  // namespace
