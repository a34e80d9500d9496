// expect: this operator: load puts zeros where 0 <= r - 1 is false, and a list of instructions does not say where that is; copy the zeros into a tensor of its own first
#include <tenon/tenon.hpp>

#include <tenon/target/accelerator.hpp>

using namespace tenon;

inline constexpr space tiles{"tiles"};

struct load {
  static constexpr label name = "load";
  static constexpr space memories[]{tiles, space::main};
  static constexpr int loops_around = 2;
  static constexpr bool pads = true;
  axis<"c", 8> c;
  tensor<"to", float, 8> to;
  tensor<"from", float, 8> from;
  constexpr auto define() const { return to(c) = from(c); }
};

struct twice {
  static constexpr label name = "twice";
  static constexpr space memories[]{space::main, tiles};
  axis<"c", 8> c;
  tensor<"to", float, 8> to;
  tensor<"from", float, 8> from;
  constexpr auto define() const { return to(c) = 2 * from(c); }
};

struct toy {
  static constexpr label name = "toy";
  static constexpr memory memories[]{{.where = space::main}, {.where = tiles, .bytes = 256}};
  using instructions = instruction_list<load, twice>;
};

struct shifted {
  axis<"r", 8> r;
  axis<"q", 8> q;
  axis<"i", 8> i;
  axis<"j", 8> j;
  tensor<"x", float, 8, 8> x;
  temporary<"rows", float, 8, 8> rows;
  tensor<"y", float, 8, 8> y;

#ifdef CORRECTED
  constexpr auto read() const { return x(r, q); }
#else
  constexpr auto read() const { return or_zero(x(r - 1, q)); }
#endif
  constexpr auto define() const { return stages(rows(r, q) = read(), y(i, j) = 2 * rows(i, j)); }

  constexpr auto schedule(toy) const {
    return steps(place(rows, tiles), tensorize(rows[r], "load"), tensorize(y[j], "twice"));
  }
};

std::size_t instructions() { return accelerator::stream<shifted, toy>::size; }
