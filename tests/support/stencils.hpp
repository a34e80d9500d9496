#pragma once

#include <algorithm>
#include <cstdint>

#include "support/programs.hpp"

/// Two stages, the second of which reads the first around each point.
namespace tenon::programs {

/// Numbers that look drawn by chance, the same in every run.
struct dice {
  std::uint32_t state = 1;

  constexpr int below(int n) {
    state = state * 1664525u + 1013904223u;
    return static_cast<int>((state >> 8) % static_cast<std::uint32_t>(n));
  }
  constexpr bool once_in(int n) { return below(n) == 0; }
};

enum class border : std::uint8_t { none, zero, clamped };

/// by(y, x) = the sum of bx(step * y + dy, x + dx) over some taps; bx(y, x) = a formula (or a sum) of in(y, x) and its neighbour.
struct stencil {
  int rows = 4;
  int columns = 3;
  int step = 1;
  int taps = 2;
  int down[4]{0, 1};
  int across[4]{0, 0};
  border edge = border::none;
  bool first_sums = false;  // bx is a reduction
  bool second_sums = false;  // by adds one more row of bx in each turn of a reduction loop r

  constexpr ir::program program() const {
    int const window = second_sums ? 2 : 0;
    int const most_down = *std::max_element(down, down + taps);
    int const most_across = *std::max_element(across, across + taps);
    bool const closed = edge == border::none;
    int const height = closed ? (rows - 1) * step + most_down + window + 1 : (rows - 1) * step + 1;
    int const width = closed ? columns + most_across : columns;
    maker m{};
    auto const in = m.input("in", {height, width + 2});
    auto const by = m.output("by", {rows, columns});
    auto const bx = m.temporary("bx", {height, width});
    auto const y1 = m.axis(bx, "y", height), x1 = m.axis(bx, "x", width);
    auto const cy = m.at(y1), cx = m.at(x1);
    if (first_sums) {
      auto const k = m.axis(bx, "k", 3);
      auto const ck = m.at(k);
      m.stage(bx, {y1, x1}, m.sum(bx, {k}, m.load(in, {cy, ir::add_index(m.p, ir::op::add, cx, ck)})));
    } else {
      auto const next = m.load(in, {cy, ir::add_index(m.p, ir::op::add, cx, 1)});
      m.stage(bx, {y1, x1}, m.binary(ir::op::sub, m.load(in, {cy, cx}), m.binary(ir::op::add, next, next)));
    }
    auto const y2 = m.axis(by, "y", rows), x2 = m.axis(by, "x", columns);
    auto const r = m.axis(by, "r", 3);
    auto row = ir::add_index(m.p, ir::op::mul, m.at(y2), step);
    if (second_sums) row = ir::add_index(m.p, ir::op::add, row, m.at(r));
    auto sum = ir::node_id::none;
    for (int n = 0; n < taps; ++n) {
      auto const term = tap(m, bx, ir::add_index(m.p, ir::op::add, row, down[n]),
                            ir::add_index(m.p, ir::op::add, m.at(x2), across[n]), height, width);
      sum = sum == ir::node_id::none ? term : m.binary(ir::op::add, sum, term);
    }
    if (second_sums) sum = m.sum(by, {r}, sum);
    m.stage(by, {y2, x2}, sum);
    return m.done();
  }

  /// A stencil drawn by chance.
  static constexpr stencil drawn(dice& d) {
    stencil s{.rows = 1 + d.below(7), .columns = 1 + d.below(5), .step = d.once_in(3) ? 2 : 1, .taps = 1 + d.below(3)};
    s.edge = static_cast<border>(d.below(3));
    int const least = s.edge == border::none ? 0 : -1;
    for (int n = 0; n < 4; ++n) {
      s.down[n] = least + d.below(3);
      s.across[n] = least + d.below(3);
    }
    s.first_sums = d.once_in(3);
    s.second_sums = d.once_in(3);
    return s;
  }

 private:
  constexpr ir::node_id tap(maker& m, ir::buffer_id bx, ir::node_id row, ir::node_id column, int height,
                            int width) const {
    auto const clamped = [&](ir::node_id index, int extent) {
      return ir::add_index(m.p, ir::op::min, ir::add_index(m.p, ir::op::max, index, 0), extent - 1);
    };
    switch (edge) {
      case border::zero: return m.load_or(bx, {row, column}, m.number(0));
      case border::clamped: return m.load(bx, {clamped(row, height), clamped(column, width)});
      default: return m.load(bx, {row, column});
    }
  }
};

}  // namespace tenon::programs
