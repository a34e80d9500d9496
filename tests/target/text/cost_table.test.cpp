#include <doctest/doctest.h>

#include <string>

#include <support/programs.hpp>

#include <tenon/target/text/cost_table.hpp>

using namespace tenon;

namespace {

analysis::cost drawn() {
  analysis::cost c{};
  c.flops = 50331648;
  c.bytes_read = 448 << 10;
  c.bytes_written = 768 << 10;
  c.arguments[1].read = 192 << 10;
  c.arguments[2].read = 256 << 10;
  c.arguments[3].written = 768 << 10;
  c.traffic[0] = 8 << 20;
  c.traffic[1] = c.traffic[2] = 1216 << 10;
  c.registers = 27;
  return c;
}

}  // namespace

TEST_CASE("a cost table has operations, bytes and registers") {
  CHECK(show::cost_table(programs::matmul(384, 512, 128), drawn()) ==
        "cost                       figure  besides\n"
        "operations           50.3 million\n"
        "read                      448 KiB  x 192 KiB, w 256 KiB\n"
        "written                   768 KiB  y 768 KiB\n"
        "operations a byte            40.4\n"
        "from behind cache 1         8 MiB  about, with 48 KiB of cache\n"
        "from behind cache 2      1.19 MiB  about, with 1 MiB of cache\n"
        "from behind cache 3      1.19 MiB  about, with 32 MiB of cache\n"
        "vector registers               27  of 64 bytes\n");
}

TEST_CASE("memory that is not used is left out, and what is used is not") {
  analysis::cost c = drawn();
  c.stack = 512;
  c.workspace = 1 << 20;
  c.workspace_per_worker = 3 << 10;
  std::string const words = show::cost_table(programs::matmul(384, 512, 128), c);
  CHECK(words.find("stack" + std::string(25, ' ') + "512 B\n") != std::string::npos);
  CHECK(words.find("workspace" + std::string(21, ' ') + "1 MiB\n") != std::string::npos);
  CHECK(words.find("workspace of a thread" + std::string(9, ' ') + "3 KiB\n") != std::string::npos);
}

TEST_CASE("run-time extents are said to count") {
  analysis::cost c = drawn();
  std::string const bounded = show::cost_table(programs::matmul_of_rows(64, 8, 8), c);
  CHECK(bounded.find("run-time extents at their bounds") != std::string::npos);
  c.complete = false;
  std::string const open = show::cost_table(programs::matmul_of_rows(0, 8, 8), c);
  CHECK(open.find("a run-time extent without a bound counts once") != std::string::npos);
}

TEST_CASE("the cost of a program, from program to page") {
  ir::program const p = programs::matmul(4, 8, 2);
  auto const facts = show::cost_facts(analysis::cost_of(p));
  REQUIRE(facts.size() == 3);
  CHECK(facts[0].second == "128");
}
