#include <doctest/doctest.h>

#include <tenon/target/text/table.hpp>

using namespace tenon;

TEST_CASE("columns stand in line, and no line ends in spaces") {
  CHECK(show::in_columns(
            {.right = "lr", .rows = {{"name", "bytes", "where"}, {"x", "12"}, {"weights", "4 096", "stack"}}}) ==
        "name     bytes  where\n"
        "x           12\n"
        "weights  4 096  stack\n");
  CHECK(show::in_columns({}) == "");
}
