#include <tenon/target/cpu/vector.hpp>

#include <doctest/doctest.h>

// The default of this header: what the compiler's flags say. The operations are tested in vector/.
TEST_CASE("a best set of instructions is compiled in") { CHECK(tenon::cpu::best_isa() >= tenon::cpu::isa::scalar); }
