#include <tenon/schedule/fuse.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("fuse") { CHECK((text{} << fuse(loop("i"), loop("j"))) == "fuse(i, j)"); }
