#include <tenon/schedule/stream.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("stream") { CHECK((text{} << stream({"y"})) == "stream(y)"); }
