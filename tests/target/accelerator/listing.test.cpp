#include <tenon/target/accelerator/listing.hpp>

#include <doctest/doctest.h>
#include <support/toy_machine.hpp>

using namespace tenon;

using code = accelerator::stream<toys::matmul<4, 4, 8>, toys::machine>;

TEST_CASE("listing") {
  CHECK(accelerator::listing_of<code>(4) ==
        R"(   unit        instruction  operands                                        waits for
0  multiplier  clear        to sums[0]
1  loader      load         to tiles[0], from main[32], R 4, from.stride 4
2  loader      load         to tiles[16], from main[0], R 4, from.stride 8
3  multiplier  multiply     to sums[0], a tiles[16], b tiles[0]             2
... 4 more
)");
  CHECK(accelerator::cost_of<code>() == R"(instructions            8
main                128 B
tiles         32 B of 128
sums          64 B of 256
loader          24 cycles
multiplier       9 cycles
storer           6 cycles
one by one      39 cycles
overlapped      38 cycles
)");
}
