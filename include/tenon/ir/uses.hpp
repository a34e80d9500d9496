#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/program.hpp>

namespace tenon::ir {

/// What a value is made of: the axes whose counters are in it, the buffers it loads, and whether it has formals.
struct uses {
  static constexpr std::size_t words = (decltype(program::axes)::capacity + 63) / 64;
  static_assert(decltype(program::buffers)::capacity <= 64);

  std::uint64_t axes[words]{};
  std::uint64_t buffers = 0;
  bool formals = false;

  constexpr bool has(axis_id a) const { return (axes[bit(a) / 64] >> (bit(a) % 64) & 1) != 0; }
  constexpr bool has(buffer_id b) const { return (buffers >> static_cast<unsigned>(b) & 1) != 0; }
  constexpr void add(axis_id a) { axes[bit(a) / 64] |= std::uint64_t{1} << (bit(a) % 64); }
  constexpr void add(buffer_id b) { buffers |= std::uint64_t{1} << static_cast<unsigned>(b); }
  constexpr void remove(axis_id a) { axes[bit(a) / 64] &= ~(std::uint64_t{1} << (bit(a) % 64)); }
  constexpr void remove(buffer_id b) { buffers &= ~(std::uint64_t{1} << static_cast<unsigned>(b)); }
  constexpr void add(uses const& other) {
    for (std::size_t w = 0; w < words; ++w) axes[w] |= other.axes[w];
    buffers |= other.buffers;
    formals |= other.formals;
  }
  constexpr bool operator==(uses const&) const = default;

 private:
  static constexpr std::size_t bit(axis_id a) { return static_cast<std::size_t>(a); }
};

/// The `uses` of the values of one program, each worked out once.
class uses_table {
 public:
  constexpr explicit uses_table(program const& what) : p(what) {}

  constexpr uses const& of(node_id id) {
    auto const at = static_cast<std::size_t>(id);
    if (known[at]) return table[at];
    known[at] = true;
    if (id == node_id::none) return table[at];
    node const& n = p[id];
    uses all{};
    switch (n.what) {
      case op::constant:
      case op::parameter: break;
      case op::counter: all.add(n.axis()); break;
      case op::formal: all.formals = true; break;
      case op::load:
        all.add(p[n.access()].of);
        all.add(of(n.access()));
        break;
      default:
        all.add(of(n.a));
        if (n.b != node_id::none) all.add(of(n.b));
        if (n.c != node_id::none) all.add(of(n.c));
    }
    return table[at] = all;
  }
  /// What the indices of an access are made of.
  constexpr uses of(access_id id) {
    access const& a = p[id];
    uses all{};
    for (int d = 0; d < a.rank; ++d) all.add(of(a.at[d]));
    return all;
  }

 private:
  program const& p;
  uses table[decltype(program::nodes)::capacity]{};
  bool known[decltype(program::nodes)::capacity]{};
};

}  // namespace tenon::ir
