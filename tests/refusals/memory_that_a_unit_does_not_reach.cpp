// expect: tensorize(x.cache[i.inner], load): the instruction is done by loader, which does not reach tiles, where x.cache lives; it is reached by worker
#include <tenon/tenon.hpp>

#include <tenon/target/accelerator.hpp>

using namespace tenon;

inline constexpr space tiles{"tiles"};

struct load {
  static constexpr label name = "load", unit = "loader";
  static constexpr space memories[]{tiles, space::main};
  axis<"r", 8> r;
  axis<"c", 8> c;
  tensor<"to", float, 8, 8> to;
  strided<"from", float, 8, 8> from;
  constexpr auto define() const { return to(r, c) = from(r, c); }
};

struct twice {
  static constexpr label name = "twice", unit = "worker";
  static constexpr space memories[]{space::main, tiles};
  axis<"r", 8> r;
  axis<"c", 8> c;
  strided<"to", float, 8, 8> to;
  tensor<"from", float, 8, 8> from;
  constexpr auto define() const { return to(r, c) = 2 * from(r, c); }
};

#ifdef CORRECTED
inline constexpr static_vector<label, 10> reached{"loader", "worker"};
#else
inline constexpr static_vector<label, 10> reached{"worker"};
#endif

struct toy {
  static constexpr label name = "toy";
  static constexpr memory memories[]{{.where = space::main}, {.where = tiles, .bytes = 256, .reached_by = reached}};
  static constexpr unit units[]{{"loader"}, {"worker"}};
  using instructions = instruction_list<load, twice>;
};

struct refused {
  axis<"i", 64> i;
  axis<"j", 64> j;
  tensor<"x", float, 64, 64> x;
  tensor<"y", float, 64, 64> y;

  constexpr auto define() const { return y(i, j) = 2 * x(i, j); }

  constexpr auto schedule(toy) const {
    return steps(split(i, 8), split(j, 8), reorder(i.outer, j.outer, i.inner, j.inner),
                 cache(x, j.outer, order(i.inner, j.inner), tiles), tensorize(cached(x)[i.inner], "load"),
                 tensorize(y[i.inner], "twice"));
  }
};

std::size_t instructions() { return accelerator::stream<refused, toy>::size; }
