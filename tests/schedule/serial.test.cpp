#include <tenon/schedule/serial.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("serial") { CHECK((text{} << serial(loop("i"))) == "serial(i)"); }
