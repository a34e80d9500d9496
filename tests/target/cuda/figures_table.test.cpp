#include <tenon/target/cuda/figures_table.hpp>

#include <string>

#include "support/both.hpp"

namespace {

using namespace tenon;

TEST_CASE("figures_table: a row for each figure") {
  cuda::figures const f{
      .threads = {.blocks = {4, 2, 1}, .threads = {32, 1, 1}}, .shared_bytes = 8192, .loads = {.of_16 = 3, .of_4 = 1}};
  std::string const table = cuda::cost_table(f);
  for (char const* words : {"8  4 x 2 x 1", "  8192  bytes", "4  3 of 16 bytes, 1 of 4 or fewer bytes"}) {
    CHECK(table.find(words) != std::string::npos);
  }
  CHECK(table.find("copies ahead") == std::string::npos);
}

}  // namespace
