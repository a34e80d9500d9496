#include <tenon/schedule/tensorize.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("tensorize") {
  CHECK((text{} << tensorize(loop("j").inner, "vnni_dot4")) == "tensorize(j.inner, vnni_dot4)");
}
