#include <doctest/doctest.h>

#include <support/programs.hpp>

#include <tenon/target/text/memory_map.hpp>

using namespace tenon;

TEST_CASE("a memory map lists the arguments and what is allocated") {
  ir::program p = programs::blur(4, 8);
  p[ir::buffer_id{2}].streaming = true;
  p[ir::buffer_id{3}].where = ir::memory::stack;
  p[ir::buffer_id{3}].alignment = 64;
  p[ir::buffer_id{3}].padding[1] = 8;
  CHECK(show::memory_map(p) == "tensor  element  extents   bytes  where   besides\n"
                               "in      float    [6, 10]   240 B  caller  read\n"
                               "by      float    [4, 8]    128 B  caller  written, streamed\n"
                               "bx      float    [6, 8+8]  384 B  stack   aligned to 64\n"
                               "in all, caller: 368 B\n"
                               "in all, stack: 384 B\n");
}

TEST_CASE("run-time extents stay in the sizes") {
  CHECK(show::memory_map(programs::matmul_of_rows(0, 8, 4)) ==
        "tensor  element  extents     bytes  where      besides\n"
        "x       float    [M, 4]   16 B * M  caller     read\n"
        "w       float    [4, 8]      128 B  caller     read\n"
        "y       float    [M, 8]   32 B * M  caller     written\n"
        "y.sum   float    one           4 B  automatic  accumulator\n"
        "in all, caller: 48 B * M + 128 B\n"
        "in all, automatic: 4 B\n");
}

TEST_CASE("what no program allocates is not there, and two elements of four bits share a byte") {
  ir::program p = programs::blur(4, 8);
  p.root = p[p.root].a;
  CHECK(show::buffers_of(p).size() == 2);
  p[ir::buffer_id{1}].type = element::i4;
  CHECK(show::in_words(show::size_of(show::speller{p}, p[ir::buffer_id{1}])) == "30 B");
  CHECK(show::memory_map({}) == "tensor  element  extents  bytes  where  besides\n");
}
