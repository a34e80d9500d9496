#include <tenon/language/argument_error.hpp>

#include <string>

#include "support/both.hpp"

using namespace tenon;

TEST_CASE("a raised fault can be caught and read") {
  bool caught = false;
  try {
    raise({.kind = fault_kind::extent, .argument = 3, .sentence = text("y: extent 1 is 500, expected 512")});
  } catch (std::exception const& error) {
    caught = true;
    CHECK(std::string(error.what()) == "y: extent 1 is 500, expected 512");
    auto const& ours = dynamic_cast<argument_error const&>(error);
    CHECK(ours.kind() == fault_kind::extent);
    CHECK(ours.argument() == 3);
  }
  CHECK(caught);
}
