#pragma once

#include <tenon/target/accelerator/machine.hpp>
#include <tenon/tenon.hpp>

/// A machine that nobody built, and an operator for it.
namespace toys {

using namespace tenon;

inline constexpr space tiles{"tiles"};
inline constexpr space sums{"sums"};

/// Up to 4 rows of 4 bytes.
struct load {
  static constexpr label name = "load", unit = "loader";
  static constexpr space memories[]{tiles, space::main};
  static constexpr limit limits[]{{"from.stride", 4, 64}};
  static constexpr std::int64_t cycles(std::int32_t const* immediates) { return 2 + immediates[0]; }
  axis<"r", run_time<"R", 4>> r;
  axis<"c", 4> c;
  tensor<"to", std::int8_t, run_time<"R", 4>, 4> to;
  strided<"from", std::int8_t, run_time<"R", 4>, 4> from;
  constexpr auto define() const { return to(r, c) = from(r, c); }
};

struct multiply {
  static constexpr label name = "multiply", unit = "multiplier";
  static constexpr space memories[]{sums, tiles, tiles};
  static constexpr int cycles = 4;
  axis<"r", 4> r;
  axis<"c", 4> c;
  axis<"t", 4> t;
  tensor<"to", std::int32_t, 4, 4> to;
  tensor<"a", std::int8_t, 4, 4> a;
  tensor<"b", std::int8_t, 4, 4> b;
  constexpr auto define() const { return to(r, c) = sum(t, cast<std::int32_t>(a(r, t)) * cast<std::int32_t>(b(t, c))); }
};

struct clear {
  static constexpr label name = "clear", unit = "multiplier";
  static constexpr space memories[]{sums};
  axis<"r", 4> r;
  axis<"c", 4> c;
  tensor<"to", std::int32_t, 4, 4> to;
  constexpr auto define() const { return to(r, c) = 0; }
};

struct store {
  static constexpr label name = "store", unit = "storer";
  static constexpr space memories[]{space::main, sums};
  static constexpr int cycles = 6;
  axis<"r", 4> r;
  axis<"c", 4> c;
  strided<"to", std::int32_t, 4, 4> to;
  tensor<"from", std::int32_t, 4, 4> from;
  constexpr auto define() const { return to(r, c) = from(r, c); }
};

struct machine {
  static constexpr label name = "toy";
  static constexpr memory memories[]{{.where = space::main, .alignment = 16},
                                     {.where = tiles, .bytes = 128, .block = 16},
                                     {.where = sums, .bytes = 256, .block = 64}};
  static constexpr unit units[]{{"loader"}, {"multiplier"}, {"storer"}};
  using instructions = instruction_list<load, multiply, clear, store>;
};

template <int M, int N, int K, bool Threads = false>
struct matmul {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", K> k;
  tensor<"x", std::int8_t, M, K> x;
  tensor<"w", std::int8_t, K, N> w;
  tensor<"y", std::int32_t, M, N> y;

  constexpr auto define() const { return y(i, j) = sum(k, cast<std::int32_t>(x(i, k)) * cast<std::int32_t>(w(k, j))); }

  /// Everything but the stores of y.
  constexpr tenon::schedule loads_and_sums() const {
    return steps(split(i, 4), split(j, 4), split(k, 4), reorder(i.outer, j.outer, k.outer, i.inner, j.inner, k.inner),
                 cache(x, k.outer, order(i.inner, k.inner), tiles), cache(w, k.outer, order(k.inner, j.inner), tiles),
                 place(accumulator(y), sums), tensorize(cached(x)[i.inner], "load"),
                 tensorize(cached(w)[k.inner], "load"), tensorize(y[i.inner], "clear"),
                 tensorize(y[i.inner], "multiply"));
  }
  constexpr auto schedule(machine) const {
    tenon::schedule plan = loads_and_sums();
    plan += tensorize(y[i.inner], "store");
    if (Threads) plan += virtual_thread(j.outer);
    return plan;
  }
};

}  // namespace toys
