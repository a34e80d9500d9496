#include <tenon/support/accuracy.hpp>

#include <doctest/doctest.h>

TEST_CASE("accuracy goes from the best to the least") {
  CHECK(tenon::accuracy::exact < tenon::accuracy::high);
  CHECK(tenon::accuracy::high < tenon::accuracy::fast);
}
