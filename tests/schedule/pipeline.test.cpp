#include <tenon/schedule/pipeline.hpp>

#include <string_view>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool says_itself_as_it_was_written() {
  step const s = pipeline(loop_name{.loop = "k"}, 3);
  return s.what == action::pipeline && std::string_view(text{} << s) == "pipeline(k, 3)" &&
         std::string_view(text{} << pipeline(loop_name{.loop = "k"})) == "pipeline(k, 2)";
}

TEST_CASE("pipeline") { CHECK_BOTH(says_itself_as_it_was_written()); }

}  // namespace
