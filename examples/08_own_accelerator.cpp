// Lesson 8: a machine of your own. An accelerator that nobody built is described, and a matrix product becomes a list of its
// instructions, as constants. The library knows nothing of it. What runs the list is a simulator, here too.
#include <cstdint>
#include <cstring>
#include <iostream>
#include <vector>

#include <tenon/ir/evaluate.hpp>
#include <tenon/target/accelerator.hpp>
#include <tenon/target/text.hpp>
#include <tenon/tenon.hpp>

using namespace tenon;

// The machine. Beside main memory it has one for tiles of bytes and one for sums, and three units: one loads, one
// multiplies, one stores. They run at the same time, and wait for each other only where they are told to.

inline constexpr space tiles{"tiles"};
inline constexpr space sums{"sums"};

/// A tile of 8 x 8 bytes, whose rows lie up to 4096 bytes apart in main memory.
struct load_tile {
  static constexpr label name = "load_tile", unit = "loader";
  static constexpr space memories[]{tiles, space::main};
  static constexpr limit limits[]{{"from.stride", 8, 4096}};
  static constexpr int cycles = 12;
  axis<"r", 8> r;
  axis<"c", 8> c;
  tensor<"to", std::int8_t, 8, 8> to;
  strided<"from", std::int8_t, 8, 8> from;

  constexpr auto define() const { return to(r, c) = from(r, c); }
};

/// Adds the product of two tiles to sums.
struct multiply_tile {
  static constexpr label name = "multiply_tile", unit = "multiplier";
  static constexpr space memories[]{sums, tiles, tiles};
  static constexpr int cycles = 24;
  axis<"r", 8> r;
  axis<"c", 8> c;
  axis<"t", 8> t;
  tensor<"to", std::int32_t, 8, 8> to;
  tensor<"a", std::int8_t, 8, 8> a;
  tensor<"b", std::int8_t, 8, 8> b;

  constexpr auto define() const { return to(r, c) = sum(t, cast<std::int32_t>(a(r, t)) * cast<std::int32_t>(b(t, c))); }
};

/// The same instruction with its `start` bit set and nothing to multiply: the sums begin at zero.
struct start_tile {
  static constexpr label name = "start_tile", unit = "multiplier";
  static constexpr space memories[]{sums};
  static constexpr int cycles = 8;
  axis<"r", 8> r;
  axis<"c", 8> c;
  tensor<"to", std::int32_t, 8, 8> to;

  constexpr auto define() const { return to(r, c) = 0; }
};

/// The sums, scaled down and cut to a byte, to rows in main memory.
struct store_tile {
  static constexpr label name = "store_tile", unit = "storer";
  static constexpr space memories[]{space::main, sums};
  static constexpr limit limits[]{{"to.stride", 8, 4096}};
  static constexpr int cycles = 12;
  axis<"r", 8> r;
  axis<"c", 8> c;
  strided<"to", std::int8_t, 8, 8> to;
  tensor<"from", std::int32_t, 8, 8> from;

  constexpr auto define() const { return to(r, c) = cast<std::int8_t>(max(min(from(r, c) >> 4, 127), -128)); }
};

struct toy {
  static constexpr label name = "toy";
  static constexpr memory memories[]{
      {.where = space::main, .alignment = 64},
      {.where = tiles, .bytes = 512, .block = 64},  // an address is a tile
      {.where = sums, .bytes = 1024, .block = 256},
  };
  static constexpr unit units[]{{"loader"}, {"multiplier"}, {"storer"}};
  using instructions = instruction_list<load_tile, multiply_tile, start_tile, store_tile>;
};

// An operator for it. All copies between memories are there because the schedule says so.

template <int M, int N, int K, bool Threads>
struct matmul {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", K> k;
  tensor<"x", std::int8_t, M, K> x;
  tensor<"w", std::int8_t, K, N> w;
  tensor<"y", std::int8_t, M, N> y;

  constexpr auto define() const {
    auto const total = sum(k, cast<std::int32_t>(x(i, k)) * cast<std::int32_t>(w(k, j)));
    return y(i, j) = cast<std::int8_t>(max(min(total >> 4, 127), -128));
  }

  constexpr auto schedule(toy) const {
    auto const column = j.inner.outer;  // of two tiles beside each other
    tenon::schedule plan = steps(split(i, 8), split(j, 16), split(j.inner, 8), split(k, 8),
                                 reorder(i.outer, j.outer, column, k.outer, i.inner, j.inner.inner, k.inner),
                                 cache(x, k.outer, order(i.inner, k.inner), tiles),
                                 cache(w, k.outer, order(k.inner, j.inner.inner), tiles), place(accumulator(y), sums),
                                 tensorize(cached(x)[i.inner], "load_tile"), tensorize(cached(w)[k.inner], "load_tile"),
                                 tensorize(y[i.inner], "start_tile"), tensorize(y[i.inner], "multiply_tile"),
                                 tensorize(y[i.inner], "store_tile"));
    if (Threads) plan += virtual_thread(column);  // one loads while the other multiplies
    return plan;
  }
};

// The simulator: what each instruction does to the memories, and units that run as they like between their waits.

class simulator {
 public:
  explicit simulator(std::size_t main_bytes) : main(main_bytes), tile(512), sum(256) {}

  std::vector<std::int8_t> main;

  /// Which unit goes on next is drawn by chance; an instruction begins when all that it waits for is done.
  template <class Stream>
  void run(unsigned seed) {
    auto const& waits = accelerator::waits<Stream>;
    std::vector<bool> done(Stream::size);
    std::size_t next[3]{};
    for (std::size_t finished = 0; finished < Stream::size;) {
      seed = seed * 1664525u + 1013904223u;
      std::int16_t const unit = static_cast<std::int16_t>((seed >> 16) % 3);
      std::size_t& at = next[unit];
      while (at < Stream::size && Stream::statements()[Stream::records[at].site].unit != unit) ++at;
      if (at == Stream::size) continue;
      bool ready = true;
      for (accelerator::wait const& w : waits) {
        if (static_cast<std::size_t>(w.later) == at) ready = ready && done[static_cast<std::size_t>(w.earlier)];
      }
      if (!ready) continue;
      carry_out(Stream::records[at]);
      done[at++] = true;
      ++finished;
    }
  }

 private:
  template <class Record>
  void carry_out(Record const& r) {
    using accelerator::number_of;
    auto const at = [&](int operand) { return static_cast<std::size_t>(r.at[static_cast<std::size_t>(operand)]); };
    auto const row = static_cast<std::size_t>(r.immediate[0]);
    for (std::size_t i = 0; i < 8; ++i) {
      for (std::size_t j = 0; j < 8; ++j) {
        if (r.instruction == number_of<toy, load_tile>) {
          tile[at(0) + 8 * i + j] = main[at(1) + row * i + j];
        } else if (r.instruction == number_of<toy, start_tile>) {
          sum[at(0) + 8 * i + j] = 0;
        } else if (r.instruction == number_of<toy, multiply_tile>) {
          for (std::size_t t = 0; t < 8; ++t)
            sum[at(0) + 8 * i + j] += tile[at(1) + 8 * i + t] * tile[at(2) + 8 * t + j];
        } else {
          std::int32_t const scaled = sum[at(1) + 8 * i + j] >> 4;
          main[at(0) + row * i + j] = static_cast<std::int8_t>(scaled > 127 ? 127 : scaled < -128 ? -128 : scaled);
        }
      }
    }
  }

  std::vector<std::int8_t> tile;
  std::vector<std::int32_t> sum;
};

/// How many results of the simulator differ from what the operator means.
template <class Op>
int differences(unsigned seed) {
  using code = accelerator::stream<Op, toy>;
  simulator machine(static_cast<std::size_t>(code::bytes(space::main)));
  ir::program const meant = stage(Op{});
  ir::image data = ir::image_of(meant);
  for (std::size_t b = 1; b <= 2; ++b) {
    auto const begin = static_cast<std::size_t>(code::address(meant.buffers[b].name));
    for (std::size_t n = 0; n < data.buffers[b].values.size(); ++n) {
      int const value = static_cast<int>((n * 37 + b * 11) % 29) - 14;
      data.buffers[b].values[n].whole = value;
      data.buffers[b].written[n] = 1;
      machine.main[begin + n] = static_cast<std::int8_t>(value);
    }
  }
  machine.template run<code>(seed);
  data = ir::evaluate(meant, data);
  int wrong = 0;
  auto const y = static_cast<std::size_t>(code::address("y"));
  for (std::size_t n = 0; n < data.buffers[3].values.size(); ++n) {
    wrong += machine.main[y + n] != data.buffers[3].values[n].whole;
  }
  return wrong;
}

int main() {
  using plain = matmul<32, 32, 64, false>;
  using threaded = matmul<32, 32, 64, true>;
  using code = accelerator::stream<threaded, toy>;
  std::cout << show::loop_nest(code::program()) << "\n";
  std::cout << accelerator::listing_of<code>(16) << "\n";
  std::cout << accelerator::cost_of<code>();
  std::cout << "without virtual threads: " << accelerator::timing_of<accelerator::stream<plain, toy>>().overlapped
            << " cycles\n\n";
  int wrong = 0;
  for (unsigned seed = 1; seed <= 8; ++seed) wrong += differences<plain>(seed) + differences<threaded>(seed);
  std::cout << "wrong, in 16 runs with units in random order: " << wrong << " of " << 16 * 32 * 32 << "\n";
}
