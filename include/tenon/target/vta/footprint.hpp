#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tenon/support/maybe.hpp>
#include <tenon/target/vta/stream.hpp>
#include <tenon/target/vta/tokens.hpp>

namespace tenon::vta {

/// The elements or bytes from `begin` to before `end`.
struct stretch {
  std::int64_t begin = 0, end = 0;

  constexpr bool meets(stretch const& other) const { return begin < other.end && other.begin < end; }
  constexpr void cover(std::int64_t n) {
    if (begin == end) {
      *this = {n, n + 1};
    } else if (n < begin) {
      begin = n;
    } else if (n >= end) {
      end = n + 1;
    }
  }
};

/// An element of a memory that two instructions touch, and what they do to it.
struct meeting {
  std::int64_t memory = 0;  // memory::kind, or `in_dram` with a byte's address
  std::int64_t element = 0;
  bool first_writes = false, second_writes = false;

  static constexpr std::int64_t in_dram = 6;
};

/// What each instruction of a stream touches of the memories that units share: inp, wgt, out and DRAM.
class footprints {
 public:
  constexpr explicit footprints(stream const& s) : stream_(s) {
    for (instruction const& i : s.instructions) {
      if (i.op == opcode::load && i.memory_type == memory::uop) load_micro_ops(i);
      touched_.push_back(touched_by(i));
    }
  }

  /// Where two instructions of different units meet and one of them writes. `first` stands before `second`.
  constexpr maybe<meeting> meet(std::size_t first, std::size_t second) const {
    touch const &a = touched_[first], &b = touched_[second];
    bool const first_stores = a.of_unit == unit::store, second_stores = b.of_unit == unit::store;
    if (!first_stores && !second_stores) {
      if (auto const met = meet_in(memory::inp, first, second)) return met;
      return meet_in(memory::wgt, first, second);
    }
    if (auto const met = meet_in(memory::out, first, second)) return met;
    if (!a.dram.meets(b.dram)) return {};
    auto const byte = shared_byte(first, second);
    if (!byte) return {};
    return meeting{meeting::in_dram, *byte, first_stores, second_stores};
  }
  /// All elements of acc that a GEMM or ALU touches, of inp and of wgt; acc reaches up to the last src of an ALU.
  constexpr stretch hull(std::size_t at, std::int64_t which) const {
    touch const& t = touched_[at];
    return which == memory::acc ? t.acc : t.of[slot(which)].at;
  }
  /// Whether the micro-ops that an instruction runs through are known.
  constexpr bool knows_micro_ops(std::size_t at) const { return !touched_[at].lacks_micro_ops; }
  /// The micro-ops that an instruction runs through.
  constexpr std::span<micro_op const> micro_ops_of(std::size_t at) const {
    return kernels_[touched_[at].kernel].micro_ops;
  }

 private:
  struct use {
    stretch at{};
    bool writes = false;
  };
  struct touch {
    use of[3]{};  // inp, wgt, out
    stretch acc{}, dram{};
    unit of_unit = unit::compute;
    std::size_t kernel = 0;
    bool lacks_micro_ops = false;
  };
  struct kernel {
    std::int64_t begin = 0, end = 0;
    std::vector<micro_op> micro_ops{};
    stretch dst{}, src{}, wgt{};
    bool is_current = true;
  };

  static constexpr std::size_t slot(std::int64_t which) {
    return which == memory::inp ? 0 : which == memory::wgt ? 1 : 2;
  }

  // The micro-op SRAM as it is now: for each index the place in `stream_.micro_ops`, or -1.
  constexpr void load_micro_ops(instruction const& i) {
    if (i.sram_base < 0) return;  // `flaw_of` refuses it
    while (std::ssize(resident_) < i.sram_base + i.x_size) resident_.push_back(-1);
    for (std::int64_t n = 0; n < i.x_size; ++n) {
      micro_op const* const u = micro_op_at(stream_, i.dram_base + n);
      resident_[static_cast<std::size_t>(i.sram_base + n)] = u == nullptr ? -1 : u - stream_.micro_ops.data();
    }
    for (kernel& k : kernels_) {
      if (stretch{k.begin, k.end}.meets({i.sram_base, i.sram_base + i.x_size})) k.is_current = false;
    }
  }
  constexpr maybe<std::size_t> kernel_of(instruction const& i) {
    for (std::size_t n = 0; n < kernels_.size(); ++n) {
      if (kernels_[n].is_current && kernels_[n].begin == i.uop_begin && kernels_[n].end == i.uop_end) return n;
    }
    if (i.uop_begin < 0) return {};
    kernel made{.begin = i.uop_begin, .end = i.uop_end};
    for (std::int64_t n = i.uop_begin; n < i.uop_end; ++n) {
      if (n >= std::ssize(resident_) || resident_[static_cast<std::size_t>(n)] < 0) return {};
      micro_op const& u = stream_.micro_ops[static_cast<std::size_t>(resident_[static_cast<std::size_t>(n)])];
      made.micro_ops.push_back(u);
      made.dst.cover(u.dst);
      made.src.cover(u.src);
      made.wgt.cover(u.wgt);
    }
    kernels_.push_back(made);
    return kernels_.size() - 1;
  }
  static constexpr stretch over_loops(stretch s, instruction const& i, std::int64_t out, std::int64_t in) {
    return {s.begin, s.end + (i.iter_out - 1) * out + (i.iter_in - 1) * in};
  }
  constexpr touch touched_by(instruction const& i) {
    touch t{.of_unit = unit_of(i)};
    if (i.is_no_op()) return t;
    if (i.is_dma()) {
      stretch const there{i.sram_base, i.sram_base + i.rows() * i.columns()};
      if (i.memory_type == memory::inp || i.memory_type == memory::wgt) t.of[slot(i.memory_type)] = {there, true};
      // A machine without an out SRAM stores accumulators, so loading those writes out too.
      if (i.memory_type == memory::acc || i.memory_type == memory::acc_8bit) t.of[2] = {there, true};
      if (i.op == opcode::store) t.of[2] = {there, false};
      if (t.of[2].writes) t.acc = there;
      t.dram = {row(i, 0).begin, row(i, i.y_size - 1).end};
    }
    if (!i.is_loop()) return t;
    maybe<std::size_t> const found = kernel_of(i);
    t.lacks_micro_ops = !found;
    if (!found) return t;
    t.kernel = *found;
    kernel const& k = kernels_[*found];
    t.acc = over_loops(k.dst, i, i.dst_factor_out, i.dst_factor_in);
    t.of[2] = {t.acc, true};
    if (i.op == opcode::gemm && i.reset == 0) {
      t.of[0] = {over_loops(k.src, i, i.src_factor_out, i.src_factor_in), false};
      t.of[1] = {over_loops(k.wgt, i, i.wgt_factor_out, i.wgt_factor_in), false};
    } else if (i.op == opcode::alu && i.use_imm == 0) {
      stretch const src = over_loops(k.src, i, i.src_factor_out, i.src_factor_in);
      t.acc.cover(src.begin);
      t.acc.cover(src.end - 1);
    }
    return t;
  }

  constexpr maybe<meeting> meet_in(std::int64_t which, std::size_t first, std::size_t second) const {
    use const &x = touched_[first].of[slot(which)], &y = touched_[second].of[slot(which)];
    if (!x.at.meets(y.at) || !(x.writes || y.writes)) return {};
    auto const element = shared(which, first, second);
    if (!element) return {};
    return meeting{which, *element, x.writes, y.writes};
  }
  // The first element that both touch. A transfer's are all those of its stretch; a loop's lie `factor` apart.
  constexpr maybe<std::int64_t> shared(std::int64_t which, std::size_t first, std::size_t second) const {
    bool const loop_first = stream_.instructions[first].is_loop();
    std::size_t const loop = loop_first ? first : second;
    stretch const want = touched_[loop_first ? second : first].of[slot(which)].at;
    instruction const& i = stream_.instructions[loop];
    if (!i.is_loop()) {
      std::int64_t const other = touched_[loop].of[slot(which)].at.begin;
      return want.begin > other ? want.begin : other;
    }
    std::int64_t const outer[] = {i.src_factor_out, i.wgt_factor_out, i.dst_factor_out};
    std::int64_t const inner[] = {i.src_factor_in, i.wgt_factor_in, i.dst_factor_in};
    std::int64_t const step = inner[slot(which)];
    for (micro_op const& u : kernels_[touched_[loop].kernel].micro_ops) {
      std::int64_t at = which == memory::out ? u.dst : which == memory::inp ? u.src : u.wgt;
      for (std::int64_t out = 0; out < i.iter_out; ++out, at += outer[slot(which)]) {
        std::int64_t const turns = at >= want.begin || step == 0 ? 0 : (want.begin - at + step - 1) / step;
        std::int64_t const there = at + turns * step;
        if (turns < i.iter_in && there >= want.begin && there < want.end) return there;
      }
    }
    return {};
  }
  constexpr stretch row(instruction const& i, std::int64_t y) const {
    std::int64_t const bytes = stream_.sizes.bytes(i.memory_type), begin = (i.dram_base + y * i.x_stride) * bytes;
    return {begin, begin + i.x_size * bytes};
  }
  constexpr maybe<std::int64_t> shared_byte(std::size_t first, std::size_t second) const {
    instruction const &a = stream_.instructions[first], &b = stream_.instructions[second];
    for (std::int64_t y = 0; y < a.y_size; ++y) {
      stretch const mine = row(a, y);
      if (!mine.meets(touched_[second].dram)) continue;
      for (std::int64_t z = 0; z < b.y_size; ++z) {
        stretch const its = row(b, z);
        if (mine.meets(its)) return mine.begin > its.begin ? mine.begin : its.begin;
      }
    }
    return {};
  }

  stream const& stream_;
  std::vector<std::int64_t> resident_{};
  std::vector<kernel> kernels_{};
  std::vector<touch> touched_{};
};

/// The places of each unit's instructions in a stream.
using by_unit = per_unit<std::vector<std::size_t>>;

/// The last instruction of a unit that has to end before `at` may start, or nothing where it is known to have ended. `before`
/// holds the places of those before `at`.
constexpr maybe<std::size_t> unordered(footprints const& touch, by_unit const& before, unit other, std::size_t at,
                                       moment const& known) {
  std::vector<std::size_t> const& theirs = before[other];
  for (std::int64_t rank = std::ssize(theirs) - 1; rank >= known[other]; --rank) {
    std::size_t const it = theirs[static_cast<std::size_t>(rank)];
    if (touch.meet(it, at)) return it;
  }
  return {};
}

}  // namespace tenon::vta
