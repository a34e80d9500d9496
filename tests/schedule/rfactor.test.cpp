#include <tenon/schedule/rfactor.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("rfactor") {
  nested_loop<3> const k = loop("k");
  CHECK((text{} << rfactor(k.inner)) == "rfactor(k.inner)");
}
