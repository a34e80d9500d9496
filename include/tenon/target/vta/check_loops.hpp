#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tenon/support/refusal.hpp>
#include <tenon/target/vta/flaw.hpp>
#include <tenon/target/vta/footprint.hpp>
#include <tenon/target/vta/spell.hpp>
#include <tenon/target/vta/stream.hpp>

namespace tenon::vta {

namespace detail {

// The index that an iteration of a GEMM or ALU reads within two of the one that writes it, or nothing.
class pipeline_hazard {
 public:
  constexpr pipeline_hazard(instruction const& i, std::span<micro_op const> ops, bool reads_src)
      : i_(i), ops_(ops), reads_src_(reads_src) {}

  /// Goes through the turns that differ: where only dst matters, what follows what is the same at the next turn, so the
  /// first three and the last three of each loop do. An ALU's src moves against its dst, so all turns count.
  constexpr std::int64_t found() {
    for (std::int64_t out = 0; out < i_.iter_out; ++out) {
      if (out == 3 && !reads_src_) break;
      for (std::int64_t in = 0; in < i_.iter_in; ++in) {
        if (in == 3 && i_.iter_in > 6 && !reads_src_) {
          in = i_.iter_in - 3;
          last_ = last_but_one_ = -1;
        }
        for (micro_op const& u : ops_) {
          std::int64_t const d = u.dst + out * i_.dst_factor_out + in * i_.dst_factor_in;
          std::int64_t const s = u.src + out * i_.src_factor_out + in * i_.src_factor_in;
          if (d == last_ || d == last_but_one_) return d;
          if (reads_src_ && (s == last_ || s == last_but_one_)) return s;
          last_but_one_ = last_;
          last_ = d;
        }
      }
    }
    return -1;
  }

 private:
  instruction const& i_;
  std::span<micro_op const> ops_;
  bool reads_src_;
  std::int64_t last_ = -1, last_but_one_ = -1;
};

// Whether an ALU instruction with two operands may read what it wrote itself.
constexpr bool may_read_its_own(instruction const& i, std::span<micro_op const> ops) {
  if (i.op != opcode::alu || i.use_imm != 0) return false;
  stretch dst{}, src{};
  for (micro_op const& u : ops) {
    dst.cover(u.dst);
    src.cover(u.src);
  }
  dst.end += (i.iter_out - 1) * i.dst_factor_out + (i.iter_in - 1) * i.dst_factor_in;
  src.end += (i.iter_out - 1) * i.src_factor_out + (i.iter_in - 1) * i.src_factor_in;
  return dst.meets(src);
}

constexpr bool same_loop(instruction const& a, instruction const& b) {
  return a.op == b.op && a.iter_out == b.iter_out && a.iter_in == b.iter_in && a.dst_factor_out == b.dst_factor_out &&
         a.dst_factor_in == b.dst_factor_in;
}

constexpr text wrong_loop(configuration const& c, footprints const& touch, instruction const& i, std::size_t at) {
  text no{};
  if (!touch.knows_micro_ops(at)) return no << "its micro-ops were not all loaded before";
  for (std::int64_t const which : {memory::acc, memory::inp, memory::wgt}) {
    stretch const all = touch.hull(at, which);
    if (all.end > c.depth(which)) {
      return no << "touches " << name_of_memory(which) << "[" << all.begin << ".." << all.end << "); "
                << name_of_memory(which) << " has " << c.depth(which) << " elements";
    }
  }
  for (micro_op const& u : touch.micro_ops_of(at)) {
    if (i.op != opcode::alu) break;
    if (u.wgt != 0) return no << "a micro-op has wgt " << u.wgt << "; in ALU it is 0";
    if (i.use_imm != 0 && u.src != u.dst) {
      return no << "has an immediate, and a micro-op src " << u.src << " and dst " << u.dst
                << "; some machines read src";
    }
  }
  return no;
}

}  // namespace detail

/// Proves each instruction of a stream by itself, or says what is wrong with one: fields within their limits; GEMM and ALU within
/// the SRAMs, with micro-ops that were loaded; and no iteration that reads an accumulator which one of the two before it writes.
constexpr refusal check_loops(stream const& s) {
  footprints const touch(s);
  std::vector<std::size_t> proved{};
  for (std::size_t at = 0; at < s.instructions.size(); ++at) {
    instruction const& i = s.instructions[at];
    text no = flaw_of(s.sizes, i);
    if (no.empty() && i.is_loop()) no = detail::wrong_loop(s.sizes, touch, i, at);
    if (!no.empty()) return {text{"instruction "} << spell(at, i) << ": " << std::string_view(no)};
    if (!i.is_loop() || i.reset != 0) continue;
    std::span<micro_op const> const ops = touch.micro_ops_of(at);
    bool const reads_src = detail::may_read_its_own(i, ops);
    bool known = false;
    for (std::size_t const before : proved) {
      known = known || (!reads_src && touch.micro_ops_of(before).data() == ops.data() &&
                        detail::same_loop(s.instructions[before], i));
    }
    if (known) continue;
    if (std::int64_t const element = detail::pipeline_hazard(i, ops, reads_src).found(); element >= 0) {
      return {text{"instruction "}
              << spell(at, i) << ": reads acc[" << element
              << "] within two iterations of the one that writes it; three at least have to lie between"};
    }
    if (!reads_src) proved.push_back(at);
  }
  return {};
}

}  // namespace tenon::vta
