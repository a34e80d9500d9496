#include <tenon/schedule/parallel.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("parallel") { CHECK((text{} << parallel(loop("i"))) == "parallel(i)"); }
