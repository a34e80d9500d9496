#include <tenon/schedule/virtual_thread.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("virtual_thread") { CHECK((text{} << virtual_thread(loop("i"))) == "virtual_thread(i)"); }
