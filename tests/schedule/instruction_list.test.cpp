#include <tenon/schedule/instruction_list.hpp>

#include <type_traits>

#include "support/both.hpp"

namespace {

using namespace tenon;

struct one {};

static_assert(std::is_empty_v<instruction_list<one, one>>);

TEST_CASE("instruction_list") { CHECK(std::is_same_v<decltype(instruction_list<one>{}), instruction_list<one>>); }

}  // namespace
