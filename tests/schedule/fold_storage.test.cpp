#include <tenon/schedule/fold_storage.hpp>

#include <doctest/doctest.h>

using namespace tenon;

TEST_CASE("fold_storage") { CHECK((text{} << fold_storage(tensor_name{"bx"}, 0, 4)) == "fold_storage(bx, 0, 4)"); }
