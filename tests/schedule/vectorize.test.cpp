#include <tenon/schedule/vectorize.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("vectorize") { CHECK((text{} << vectorize(loop("i"))) == "vectorize(i)"); }
