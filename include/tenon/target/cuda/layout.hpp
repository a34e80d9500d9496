#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/target/compiled/address.hpp>
#include <tenon/target/cuda/grid.hpp>
#include <tenon/target/cuda/ownership.hpp>

namespace tenon::cuda {

/// Where a buffer of a kernel is.
enum class storage : std::uint8_t {
  argument,  // the GPU's memory
  thread,    // an array of each thread's own: registers, where every index is a constant
  shared,    // memory of a block
};

/// The alignment of shared buffers, and of arguments that are read or written 16 bytes at a time.
inline constexpr std::int64_t widest_access = 16;
/// Bytes of shared memory that a block may have without asking for more.
inline constexpr std::int64_t most_shared_bytes = 48 * 1024;

/// Where everything that a kernel touches is.
struct layout {
  struct place {
    storage kind = storage::argument;
    std::int64_t count = 0;                 // elements, of one thread or block
    std::int64_t held = 0;                  // elements that one thread holds, of those
    std::int64_t offset = 0;                // bytes into shared memory
    std::int64_t strides[ir::max_rank]{};   // in elements; 0: told at run time
    bool copied[3]{};                       // each coordinate of a thread has one of its own
    std::int64_t digit[ir::max_rank][3]{};  // what an index has of each of these coordinates
    std::int64_t turns[3]{};
    bool owned[3]{};                        // the threads' own parts: their coordinates are no part of an address
  };
  static constexpr std::size_t axes = decltype(ir::program::axes)::capacity;

  grid threads{};
  std::int16_t slot[axes]{};  // of each axis: where its counter is kept
  std::int16_t slots = 0;
  std::uint16_t vector_of[axes]{};  // bit of each vectorized axis in `varies`
  std::uint16_t varies[decltype(ir::program::nodes)::capacity]{};  // the vectorized axes that change a value
  std::uint16_t access_varies[decltype(ir::program::accesses)::capacity]{};
  std::uint8_t first_only[decltype(ir::program::nodes)::capacity]{};  // of a store: the coordinates that have to be 0
  bool copies_ahead[decltype(ir::program::nodes)::capacity]{};  // of a store: it is a copy that goes on by itself
  place at[decltype(ir::program::buffers)::capacity]{};
  std::int64_t shared_bytes = 0;
  bool wide_index = false;  // offsets need more than 31 bits
  bool any_together = false;  // a warp does some instruction
};

/// Number `n` of dimension `d`, without the coordinates of the thread that owns it: what stays of an index that has `n` besides
/// them, or of a factor of one; or, with `last`, of the last index of all threads.
constexpr std::int64_t own_index(layout::place const& at, int d, std::int64_t n, bool last = false) {
  std::int64_t digit[3]{at.digit[d][0], at.digit[d][1], at.digit[d][2]};
  for (int k = 0; k < 3; ++k) {
    if (digit[k] == 0) continue;
    // All threads together have this many neighbours, and one of them `digit`: the others' places are closed up.
    std::int64_t const whole = digit[k] * at.turns[k];
    auto const closed = [&](std::int64_t x) { return x / whole * digit[k] + x % whole; };
    n = last ? n / whole * digit[k] + digit[k] - 1 : closed(n);
    for (int other = k + 1; other < 3; ++other) digit[other] = closed(digit[other]);
  }
  return n;
}

namespace detail {

class layout_maker {
 public:
  constexpr explicit layout_maker(ir::program const& what) : p(what) {}

  constexpr layout make() {
    made.threads = grid_of(p);
    ownerships const owners = ownership_of(p);
    count_axes();
    for (std::size_t b = 1; b < p.buffers.size(); ++b) settle(b, owners.at[b]);
    for (std::size_t n = 1; n < p.nodes.size(); ++n) node_varies(static_cast<ir::node_id>(n));
    for (std::size_t a = 1; a < p.accesses.size(); ++a) access_varies(static_cast<ir::access_id>(a));
    find_first_only(p.root, 0);
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      made.any_together |= p[id].what == ir::op::tensorized;
      if (p[id].what != ir::op::ahead) return;
      ir::each_statement(p, p[id].a, [&](ir::node_id under) {
        made.copies_ahead[static_cast<std::size_t>(under)] = p[under].what == ir::op::store;
      });
    });
    made.wide_index = made.wide_index || p.parameters.size() > 1;
    return made;
  }

 private:
  constexpr void count_axes() {
    int next_bit = 0;
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what != ir::op::loop || made.slot[n.x] != 0) return;
      made.slot[n.x] = ++made.slots;
      if (p[n.axis()].kind == ir::loop_kind::vectorized)
        made.vector_of[n.x] = static_cast<std::uint16_t>(1u << (next_bit++ % 16));
    });
  }

  constexpr void settle(std::size_t b, ownership const& o) {
    ir::buffer const& buffer = p.buffers[b];
    layout::place& at = made.at[b];
    bool const ours = buffer.use == ir::role::temporary;
    at.kind = !ours ? storage::argument : buffer.where == ir::memory::shared ? storage::shared : storage::thread;
    for (int k = 0; k < 3 && ours; ++k) {
      at.copied[k] = at.kind == storage::shared && o.of[k] == ownership::share::inside;
      at.owned[k] = at.kind == storage::thread && o.of[k] == ownership::share::owned;
    }
    std::int64_t stride = 1;
    std::int64_t all = 1;
    std::int64_t owners = 1;
    for (int k = 0; k < 3; ++k) owners *= at.owned[k] ? o.turns[k] : 1;
    for (int d = buffer.rank - 1; d >= 0; --d) {
      bool const told = buffer.strided && d + 1 < buffer.rank;
      at.strides[d] = told ? 0 : stride;
      std::int64_t extent = ir::constant_or(p, buffer.extents[d], -1);
      all *= extent;
      for (int k = 0; k < 3; ++k) {
        at.turns[k] = o.turns[k];
        at.digit[d][k] = at.owned[k] ? o.digit[d][k] : 0;
      }
      if (extent > 0) extent = own_index(at, d, extent - 1, true) + 1;
      stride = extent < 0 || stride == 0 ? 0 : stride * (extent + buffer.padding[d]);
    }
    at.count = buffer.rank == 0 ? 1 : stride;
    at.held = (all + owners - 1) / owners;
    if (stride == 0 || stride >= std::int64_t{1} << 30 || buffer.strided) made.wide_index = true;
    if (at.kind != storage::shared) return;
    at.offset = made.shared_bytes;
    std::int64_t bytes = bytes_of_one_copy(b);
    for (int k = 0; k < 3; ++k) bytes *= at.copied[k] ? made.threads.threads[k] : 1;
    made.shared_bytes += bytes;
  }
  constexpr std::int64_t bytes_of_one_copy(std::size_t b) const {
    std::int64_t const bytes = made.at[b].count * ir::bytes_of(p.buffers[b].type);
    return (bytes + widest_access - 1) / widest_access * widest_access;
  }

  /// What all threads see is stored by the first of those that do the same.
  constexpr void find_first_only(ir::node_id id, unsigned inside) {
    while (id != ir::node_id::none) {
      ir::node const& n = p[id];
      if (n.what == ir::op::store) {
        unsigned used = 0;
        for (unsigned k = 0; k < 3; ++k) used |= made.threads.threads[k] > 1 ? 1u << k : 0u;
        bool const own = made.at[static_cast<std::size_t>(p[n.access()].of)].kind == storage::thread;
        made.first_only[static_cast<std::size_t>(id)] =
            own ? std::uint8_t{0} : static_cast<std::uint8_t>(used & ~inside);
        return;
      }
      if (n.what == ir::op::prefetch || n.what == ir::op::barrier || n.what == ir::op::wait) return;
      int const t = n.what == ir::op::loop ? thread_place_of(p[n.axis()].kind) : -1;
      if (t >= 0) inside |= 1u << static_cast<unsigned>(t);
      if (n.what == ir::op::block || n.what == ir::op::when) {
        find_first_only(n.what == ir::op::block ? n.a : n.b, inside);
        id = n.what == ir::op::block ? n.b : n.c;
      } else {
        id = n.a;
      }
    }
  }

  constexpr std::uint16_t node_varies(ir::node_id id) {
    if (id == ir::node_id::none) return 0;
    std::size_t const at = static_cast<std::size_t>(id);
    if (known[at]) return made.varies[at];
    known[at] = true;
    ir::node const& n = p[id];
    std::uint16_t bits = 0;
    if (ir::is_statement(n.what)) return 0;
    if (n.what == ir::op::counter) bits = made.vector_of[n.x];
    else if (n.what == ir::op::load) bits = access_varies(n.access());
    else bits = static_cast<std::uint16_t>(node_varies(n.a) | node_varies(n.b) | node_varies(n.c));
    return made.varies[at] = bits;
  }
  constexpr std::uint16_t access_varies(ir::access_id id) {
    ir::access const& a = p[id];
    std::uint16_t bits = 0;
    for (int d = 0; d < a.rank; ++d) bits = static_cast<std::uint16_t>(bits | node_varies(a.at[d]));
    return made.access_varies[static_cast<std::size_t>(id)] = bits;
  }

  ir::program const& p;
  layout made{};
  bool known[decltype(ir::program::nodes)::capacity]{};
};

}  // namespace detail

/// Decides where everything is.
constexpr layout layout_of(ir::program const& p) { return detail::layout_maker{p}.make(); }

/// Where access `id` goes, in elements of its buffer, or of a thread's own part of it.
constexpr compiled::address address_of(ir::program const& p, layout const& where, ir::access_id id) {
  layout::place const& at = where.at[static_cast<std::size_t>(p[id].of)];
  if (!at.owned[0] && !at.owned[1] && !at.owned[2]) return compiled::address_of(p, at.strides, id);
  compiled::address made{};
  for (int d = 0; d < p[id].rank; ++d) {
    ir::linear const index = ir::linear_of(p, p[id].at[d]);
    made.constant += own_index(at, d, index.constant) * at.strides[d];
    for (ir::linear::term const& t : index.terms) {
      ir::node const& atom = p[t.atom];
      int const k = atom.what == ir::op::counter ? thread_place_of(p[atom.axis()].kind) : -1;
      if (k >= 0 && at.owned[k]) continue;
      std::int64_t const factor = own_index(at, d, t.factor) * at.strides[d];
      if (factor != 0) made.terms.push_back({t.atom, factor});
    }
  }
  return made;
}

/// How many bytes at a time an access may go whose neighbouring elements are those of the loop over `along`: 16, 8 or 4 where
/// it is proved that they lie side by side at a multiple of that; else those of one element.
constexpr std::int64_t bytes_at_once(ir::program const& p, layout const& where, ir::access_id id, ir::axis_id along) {
  ir::buffer const& b = p[p[id].of];
  std::int64_t const size = ir::bytes_of(b.type);
  std::int64_t const lanes = ir::constant_or(p, p[along].extent, 1);
  std::int64_t wide = widest_access;
  while (wide > size && lanes * size % wide != 0) wide /= 2;
  compiled::address const a = address_of(p, where, id);
  auto const holds = [&](std::int64_t factor) {
    while (wide > size && factor * size % wide != 0) wide /= 2;
  };
  holds(a.constant);
  bool side_by_side = false;
  for (compiled::address::term const& t : a.terms) {
    bool const lane = t.atom != ir::node_id::none && p[t.atom].what == ir::op::counter && p[t.atom].axis() == along;
    if (lane && t.factor == 1 && t.dimension < 0) side_by_side = true;
    else if (t.dimension >= 0 || lane || (t.atom != ir::node_id::none && ir::depends_on(p, t.atom, along))) return size;
    else holds(t.factor);
  }
  return side_by_side ? wide : size;
}

}  // namespace tenon::cuda
