#include <tenon/target/accelerator/timing.hpp>

#include <tenon/target/accelerator/listing.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/toy_machine.hpp>

using namespace tenon;

namespace {

template <bool Threads>
using code = accelerator::stream<toys::matmul<4, 8, 8, Threads>, toys::machine>;

constexpr bool counts_what_instructions_say() {
  accelerator::timing const t = accelerator::timing_of<code<false>>();
  // Loads of 4 rows take 2 + 4 cycles, by what they say of their immediates.
  return t.busy[0] == 8 * 6 && t.busy[1] == 2 + 4 * 4 && t.busy[2] == 2 * 6 &&
         t.one_by_one == t.busy[0] + t.busy[1] + t.busy[2];
}

constexpr bool threads_hide_time() {
  accelerator::timing const plain = accelerator::timing_of<code<false>>();
  accelerator::timing const threaded = accelerator::timing_of<code<true>>();
  return threaded.one_by_one == plain.one_by_one && threaded.overlapped < plain.overlapped &&
         plain.overlapped <= plain.one_by_one && threaded.overlapped >= threaded.busy[0];
}

/// Copies a row in 2 cycles, and begins with 10.
struct copy_rows {
  static constexpr label name = "copy_rows";
  static constexpr int loops_around = 2;
  static constexpr std::int64_t cycles(std::int32_t const*, std::int64_t turns) { return 10 + 2 * turns; }
  axis<"c", 4> c;
  tensor<"to", float, 4> to;
  tensor<"from", float, 4> from;
  constexpr auto define() const { return to(c) = from(c); }
};
struct negate_rows {
  static constexpr label name = "negate_rows";
  static constexpr int loops_around = 1;
  static constexpr int cycles = 3;
  axis<"c", 4> c;
  tensor<"to", float, 4> to;
  tensor<"from", float, 4> from;
  constexpr auto define() const { return to(c) = -from(c); }
};
struct rows_machine {
  static constexpr label name = "rows";
  static constexpr memory memories[]{{.where = space::main}, {.where = toys::tiles, .bytes = 4096}};
  using instructions = instruction_list<copy_rows, negate_rows>;
};
struct negated {
  axis<"i", 3> i;
  axis<"j", 5> j;
  axis<"c", 4> c;
  tensor<"x", float, 3, 5, 4> x;
  tensor<"y", float, 3, 5, 4> y;
  constexpr auto define() const { return y(i, j, c) = -x(i, j, c); }
  constexpr auto schedule(rows_machine) const {
    return steps(split(i, 3), cache(x, i.outer, order(i.inner, j, c), toys::tiles),
                 tensorize(cached(x)[i.inner], "copy_rows"), tensorize(y[j], "negate_rows"));
  }
};

constexpr bool turns_of_an_instruction_count() {
  // One copy of 15 rows, and three times five rows negated.
  return accelerator::timing_of<accelerator::stream<negated, rows_machine>>().one_by_one == 10 + 2 * 15 + 3 * 5 * 3;
}

}  // namespace

TEST_CASE("timing: instructions that repeat themselves") {
  CHECK_BOTH(turns_of_an_instruction_count());
  CHECK(accelerator::listing_of<accelerator::stream<negated, rows_machine>>(2) ==
        R"(   unit  instruction  operands                                waits for
0        copy_rows    to tiles[0], from main[0]; 3 x 5 turns
1        negate_rows  to main[60], from tiles[0]; 5 turns
... 2 more
)");
}

TEST_CASE("timing") {
  CHECK_BOTH(counts_what_instructions_say());
  CHECK_BOTH(threads_hide_time());
}
