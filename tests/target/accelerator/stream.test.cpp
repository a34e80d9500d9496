#include <tenon/target/accelerator/stream.hpp>

#include <cstring>
#include <vector>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>
#include <support/toy_machine.hpp>

#include <tenon/ir/evaluate.hpp>

using namespace tenon;

namespace {

template <class Op>
using code = accelerator::stream<Op, toys::machine>;
using op = toys::matmul<8, 12, 8>;

constexpr bool loops_are_written_out() { return code<op>::size == 2 * 3 * (1 + 2 * 3 + 1); }

constexpr bool operands_are_elements_of_their_memories() {
  using s = code<op>;
  // The second tile of w for k.outer = 1 and j.outer = 2: row 4, column 8.
  bool found = false;
  for (auto const& r : s::records) {
    found |= r.instruction == 0 && r.at[1] == static_cast<int>(s::address("w")) + 4 * 12 + 8 && r.immediate[0] == 4 &&
             r.immediate[1] == 12;
  }
  return found && s::address("x") == 0 && s::address("w") == 64 && s::address("y") == 160 && s::address("v") == -1 &&
         s::bytes(toys::tiles) == 32 && s::bytes(toys::sums) == 64 && s::bytes(space::main) == 160 + 8 * 12 * 4;
}

/// What the records say, done one after another on plain arrays.
template <class Op>
std::vector<std::int32_t> carried_out() {
  using s = code<Op>;
  ir::image const given = programs::filled(staged<Op>);
  std::vector<std::int8_t> main(static_cast<std::size_t>(s::bytes(space::main))), tiles(128);
  std::vector<std::int32_t> sums(64);
  for (std::size_t b = 1; b <= 2; ++b) {
    auto const begin = static_cast<std::size_t>(s::address(staged<Op>.buffers[b].name));
    for (std::size_t n = 0; n < given.buffers[b].values.size(); ++n)
      main[begin + n] = static_cast<std::int8_t>(given.buffers[b].values[n].whole);
  }
  for (auto const& r : s::records) {
    auto const at = [&](int o) { return static_cast<std::size_t>(r.at[static_cast<std::size_t>(o)]); };
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) {
        auto const stride = static_cast<std::size_t>(r.immediate[r.instruction == 0 ? 1 : 0]);
        switch (r.instruction) {
          case 0: tiles[at(0) + 4 * i + j] = main[at(1) + stride * i + j]; break;
          case 1:
            for (std::size_t t = 0; t < 4; ++t)
              sums[at(0) + 4 * i + j] += tiles[at(1) + 4 * i + t] * tiles[at(2) + 4 * t + j];
            break;
          case 2: sums[at(0) + 4 * i + j] = 0; break;
          default: std::memcpy(&main[4 * (at(0) + stride * i + j)], &sums[at(1) + 4 * i + j], 4);
        }
      }
    }
  }
  std::vector<std::int32_t> y((main.size() - static_cast<std::size_t>(s::address("y"))) / 4);
  std::memcpy(y.data(), &main[static_cast<std::size_t>(s::address("y"))], 4 * y.size());
  return y;
}

template <class Op>
int differences() {
  ir::image const meant = ir::evaluate(staged<Op>, programs::filled(staged<Op>));
  std::vector<std::int32_t> const y = carried_out<Op>();
  if (y.size() != meant.buffers[3].values.size()) return -1;
  int wrong = 0;
  for (std::size_t n = 0; n < y.size(); ++n) wrong += y[n] != meant.buffers[3].values[n].whole;
  return wrong;
}

/// Up to 4 rows of a tile, to main memory.
struct put {
  static constexpr label name = "put", unit = "storer";
  static constexpr space memories[]{space::main, toys::tiles};
  axis<"r", run_time<"R", 4>> r;
  axis<"c", 4> c;
  strided<"to", std::int8_t, run_time<"R", 4>, 4> to;
  tensor<"from", std::int8_t, run_time<"R", 4>, 4> from;
  constexpr auto define() const { return to(r, c) = from(r, c); }
};
struct mover : toys::machine {
  using instructions = instruction_list<toys::load, put>;
};

/// Ten rows, by four: two are left over. The copy of these is one of its own.
template <bool Whole>
struct rows_by_four {
  axis<"i", 10> i;
  axis<"j", 4> j;
  tensor<"x", std::int8_t, 10, 4> x;
  tensor<"y", std::int8_t, 10, 4> y;
  constexpr auto define() const { return y(i, j) = x(i, j); }
  constexpr auto schedule(mover) const {
    tenon::schedule plan = steps(split(i, 4, tail::peel), cache(x, i.outer, order(i.inner, j), toys::tiles),
                                 tensorize(cached(x)[i.inner], "load"), tensorize(y[i.inner], "put"));
    if (Whole) plan += tensorize(tensor_name{"x.cache2"}[i.inner], "load");
    return plan;
  }
};

constexpr bool what_is_left_over_repeats_less_often() {
  using s = accelerator::stream<rows_by_four<true>, mover>;
  int const rows[]{4, 4, 4, 4, 2, 2};
  int const begins[]{0, 0, 16, 16, 32, 32};
  bool right = s::size == 6;
  for (std::size_t n = 0; right && n < 6; ++n) {
    auto const& r = s::records[n];
    int const y = r.instruction == 1 ? static_cast<int>(s::address("y")) : 0;
    right = r.instruction == n % 2 && r.immediate[0] == rows[n] && r.at[1 - r.instruction] == begins[n] + y;
  }
  return right;
}

/// Three rows of tiles, by two: what is beyond stands under a condition, which is decided while compiling.
struct tiles_by_two {
  axis<"i", 12> i;
  axis<"j", 8> j;
  axis<"k", 8> k;
  tensor<"x", std::int8_t, 12, 8> x;
  tensor<"w", std::int8_t, 8, 8> w;
  tensor<"y", std::int32_t, 12, 8> y;
  constexpr auto define() const { return y(i, j) = sum(k, cast<std::int32_t>(x(i, k)) * cast<std::int32_t>(w(k, j))); }
  constexpr auto schedule(toys::machine) const {
    return steps(toys::matmul<12, 8, 8>{}.schedule(toys::machine{}), split(i.outer, 2, tail::guard));
  }
};

/// Rows that are longer than what one instruction stores.
struct long_rows {
  axis<"i", 4> i;
  axis<"j", 20> j;
  tensor<"x", std::int32_t, 4, 20> x;
  tensor<"y", std::int32_t, 4, 20> y;
  constexpr auto define() const { return y(i, j) = x(i, j); }
  constexpr auto schedule(toys::machine) const { return steps(tensorize(i, "store")); }
};

}  // namespace

TEST_CASE("stream") {
  CHECK_BOTH(loops_are_written_out());
  CHECK_BOTH(operands_are_elements_of_their_memories());
  CHECK_BOTH(what_is_left_over_repeats_less_often());
  CHECK(code<tiles_by_two>::size == code<toys::matmul<12, 8, 8>>::size);
  CHECK(differences<tiles_by_two>() == 0);
  CHECK(differences<op>() == 0);
  CHECK(differences<toys::matmul<8, 8, 8, true>>() == 0);
  CHECK(code<toys::matmul<32, 32, 32>>::size == 64 * (1 + 8 * 3 + 1));
  CHECK(differences<toys::matmul<32, 32, 32>>() == 0);
}

TEST_CASE("stream says why there is none") {
  CHECK(accelerator::refused<rows_by_four<false>, mover> == "x.cache2(i.inner, j) = ...: no instruction does this, and "
                                                            "toy does nothing else; name its loops in tensorize(..., "
                                                            "...), with one of load, put");
  CHECK(accelerator::refused<long_rows, toys::machine> ==
        "tensorize(i, store): the instruction takes 4 turns of c; j runs 20 times");
}
