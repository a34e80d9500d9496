#include <tenon/target/cuda/emulator/finding.hpp>

#include <string>

#include "support/both.hpp"

namespace {

template <int Size>
struct some_operator {};

TEST_CASE("finding: names what it is about") {
  using namespace tenon::cuda;
  CHECK(emulator::name_of_type<some_operator<3>>() == "some_operator<3>");
  CHECK(emulator::coordinates({1, 0, 2}) == "(1, 0, 2)");
  CHECK(std::string(emulator::finding("here").what()) == "here");
}

}  // namespace
