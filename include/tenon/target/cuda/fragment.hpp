#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/match_instruction.hpp>
#include <tenon/target/cuda/layout.hpp>

namespace tenon::cuda {

/// How the lanes of a warp get what they hold of an operand.
enum class fetch : std::uint8_t {
  elements,  // each takes its own, one by one
  words,     // each takes its own, a register full at a time
  rows,      // together, from rows of 16 bytes, of which each lane names one: ldmatrix
  columns,   // likewise, where a row in memory is a column of the operand: ldmatrix.trans
};

/// Registers of a lane, of 4 bytes, that an operand takes.
constexpr std::int64_t registers_of(ir::program const& p, lower::instruction const& i, ir::access_id id,
                                    std::size_t operand) {
  return (ir::bytes_of(p[p[id].of].type) * i.held[operand] + 3) / 4;
}

namespace detail {

/// Where the elements of an operand lie, as far as the loops of the instruction say.
class fragment_finder {
 public:
  constexpr fragment_finder(ir::program const& program, layout const& where, lower::instruction const& what,
                            lower::instruction_match const& match, std::size_t which)
      : p(program), i(what), operand(static_cast<int>(which)), id(match.operands[which]) {
    layout::place const& at = where.at[static_cast<std::size_t>(p[id].of)];
    size = ir::bytes_of(p[p[id].of].type);
    known = at.kind == storage::shared && size <= 4;
    compiled::address const a = address_of(p, where, id);
    granule = a.constant * size;
    for (compiled::address::term const& t : a.terms) look_at(t, match.axes);
  }

  constexpr fetch find() const {
    if (!known) return fetch::elements;
    int const packed = 4 / static_cast<int>(size);
    int const registers = i.held[static_cast<std::size_t>(operand)] / packed;
    bool in_words = true;
    bool in_rows = registers == 2 || registers == 4;
    bool in_columns = in_rows && size == 2;
    for (int q = 0; q < registers; ++q) {
      for (int r = 0; r < 8; ++r) {
        std::int64_t const row = at(r, 0, packed * q);
        std::int64_t const column = at(0, r / 2, packed * q + r % packed);
        in_rows &= is_multiple(row, 16);
        in_columns &= is_multiple(column, 16);
        for (int c = 0; c < 4; ++c) {
          std::int64_t const word = at(r, c, packed * q);
          in_words &= is_multiple(word, 4);
          for (int e = 0; e < packed; ++e) {
            std::int64_t const here = at(r, c, packed * q + e);
            in_words &= here == word + e;
            in_rows &= here == row + packed * c + e;
          }
        }
        for (int g = 0; g < 8; ++g) in_columns &= at(g, r / 2, packed * q + r % packed) == column + g;
      }
    }
    return in_rows ? fetch::rows : in_columns ? fetch::columns : in_words ? fetch::words : fetch::elements;
  }

 private:
  constexpr void look_at(compiled::address::term const& t, static_vector<ir::axis_id, 6> const& axes) {
    known &= t.dimension < 0;
    for (std::size_t n = 0; n < axes.size(); ++n) {
      bool const counts = p[t.atom].what == ir::op::counter && p[t.atom].axis() == axes[n];
      if (counts) {
        step[n] += t.factor;
        return;
      }
      known &= !ir::depends_on(p, t.atom, axes[n]);
    }
    granule = ir::gcd(granule, t.factor * size);
  }
  constexpr std::int64_t at(int row, int column, int element) const {
    lower::turns const t = i.turns_of(operand, row, column, element);
    std::int64_t offset = 0;
    for (int n = 0; n < 6; ++n) offset += step[n] * t.at[n];
    return offset;
  }
  constexpr bool is_multiple(std::int64_t element, std::int64_t bytes) const {
    return element * size % bytes == 0 && granule % bytes == 0;
  }

  ir::program const& p;
  lower::instruction const& i;
  int operand;
  ir::access_id id;
  std::int64_t size = 0;
  std::int64_t granule = 0;  // of which what other loops add is a multiple, in bytes
  std::int64_t step[6]{};    // in elements, with each turn of a loop of the instruction
  bool known = false;
};

}  // namespace detail

/// How lanes get an operand: in the widest way of which it is proved that the elements lie for it, in shared memory.
constexpr fetch fetch_of(ir::program const& p, layout const& where, lower::instruction const& i,
                         lower::instruction_match const& match, std::size_t operand) {
  return detail::fragment_finder(p, where, i, match, operand).find();
}

}  // namespace tenon::cuda
