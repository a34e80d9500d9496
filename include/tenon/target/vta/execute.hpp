#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tenon/support/text.hpp>
#include <tenon/target/vta/encode.hpp>
#include <tenon/target/vta/ledger.hpp>
#include <tenon/target/vta/memories.hpp>

namespace tenon::vta {

/// How a machine is simulated: `strict` refuses what machines disagree on, `permissive` does what the functional simulator does.
enum class mode { strict, permissive };

/// One operation of the ALU. A shift by a negative amount goes to the left, one by more than 31 shifts everything out.
constexpr std::int32_t alu_result(std::int64_t op, std::int32_t x, std::int32_t y) {
  auto const wrapped = [](std::uint32_t bits) { return static_cast<std::int32_t>(bits); };
  auto const a = static_cast<std::uint32_t>(x), b = static_cast<std::uint32_t>(y);
  switch (op) {
    case alu::min: return y < x ? y : x;
    case alu::max: return y > x ? y : x;
    case alu::add: return wrapped(a + b);
    case alu::mul: return wrapped(a * b);
    default: break;
  }
  if (y >= 0) return x >> (y > 31 ? 31 : y);
  return y < -31 ? 0 : wrapped(a << -y);
}

/// Carries out single instructions.
class executor {
 public:
  constexpr executor(configuration const& sizes, mode how, memories& sram, ledger& book)
      : c_(sizes), strict_(how == mode::strict), m_(sram), book_(book) {}

  /// Carries out an instruction. What goes wrong is written into the ledger.
  constexpr void run(instruction const& i, std::span<std::uint8_t> dram) {
    if (i.is_dma() && !i.is_no_op()) transfer(i, dram);
    if (i.is_loop()) loop(i);
  }

 private:
  constexpr bool failed() const { return !book_.fault.empty(); }

  constexpr void transfer(instruction const& i, std::span<std::uint8_t> dram) {
    std::int64_t const bytes = c_.bytes(i.memory_type), depth = c_.depth(i.memory_type);
    std::int64_t at = i.sram_base;
    if (at + i.rows() * i.columns() > depth) {
      book_.begin_sentence() << "goes beyond the " << depth << " elements of " << name_of_memory(i.memory_type);
    }
    for (std::int64_t y = -i.y_pad_0; y < i.y_size + i.y_pad_1; ++y) {
      for (std::int64_t x = -i.x_pad_0; x < i.x_size + i.x_pad_1 && !failed(); ++x, ++at) {
        bool const is_padding = y < 0 || y >= i.y_size || x < 0 || x >= i.x_size;
        std::int64_t const first = (i.dram_base + y * i.x_stride + x) * bytes;
        if (!is_padding && first + bytes > std::ssize(dram)) {
          book_.begin_sentence() << "touches byte " << first << " of DRAM, which has " << dram.size();
          return;
        }
        std::uint8_t* const there = is_padding ? nullptr : dram.data() + first;
        i.op == opcode::load ? load(i.memory_type, at, there, first) : store(at, there, first);
      }
    }
  }
  constexpr void in_dram(std::int64_t first, std::int64_t bytes, bool writes) {
    if (!strict_) return;
    std::int64_t const grain = c_.bytes(memory::out);
    for (std::int64_t at = first / grain; at * grain < first + bytes; ++at) {
      writes ? book_.write(ledger::dram, at) : book_.read(ledger::dram, at);
    }
  }
  // `from` is null where zeros are wanted.
  constexpr void load(std::int64_t which, std::int64_t element, std::uint8_t const* from, std::int64_t address) {
    if (from != nullptr) in_dram(address, c_.bytes(which), false);
    std::int64_t const n = c_.numbers(which), begin = element * n;
    auto const byte = [&](std::int64_t k) { return from == nullptr ? std::uint32_t{0} : std::uint32_t{from[k]}; };
    auto const word = [&](std::int64_t k) {
      return byte(4 * k) | byte(4 * k + 1) << 8 | byte(4 * k + 2) << 16 | byte(4 * k + 3) << 24;
    };
    if (which == memory::uop) {
      grow(m_.uop, begin + 1);
      m_.uop[static_cast<std::size_t>(begin)] = decode(c_, word(0));
    } else if (which == memory::acc || which == memory::acc_8bit) {
      grow(m_.acc, begin + n);
      grow(m_.out, begin + n);
      for (std::int64_t k = 0; k < n; ++k) {
        auto const value =
            which == memory::acc ? static_cast<std::int32_t>(word(k)) : static_cast<std::int8_t>(byte(k));
        m_.acc[static_cast<std::size_t>(begin + k)] = value;
        if (!strict_) m_.out[static_cast<std::size_t>(begin + k)] = static_cast<std::int8_t>(value);
      }
    } else {
      std::vector<std::int8_t>& to = which == memory::inp ? m_.inp : m_.wgt;
      grow(to, begin + n);
      for (std::int64_t k = 0; k < n; ++k) to[static_cast<std::size_t>(begin + k)] = static_cast<std::int8_t>(byte(k));
    }
    if (!strict_) return;
    bool const is_acc = which == memory::acc || which == memory::acc_8bit;
    book_.write(is_acc ? std::int64_t{memory::acc} : which, element);
    if (is_acc) book_.write(memory::out, element, true);
  }
  constexpr void store(std::int64_t element, std::uint8_t* to, std::int64_t address) {
    std::int64_t const n = c_.numbers(memory::out);
    if (strict_) book_.read(memory::out, element);
    if (failed()) return;
    in_dram(address, n, true);
    grow(m_.out, (element + 1) * n);
    for (std::int64_t k = 0; k < n; ++k)
      to[k] = static_cast<std::uint8_t>(m_.out[static_cast<std::size_t>(element * n + k)]);
  }

  constexpr void loop(instruction const& i) {
    std::int64_t last = -1, last_but_one = -1;
    for (std::int64_t u = i.uop_begin; u < i.uop_end && strict_; ++u) book_.read(memory::uop, u);
    if (i.uop_end > c_.depth(memory::uop)) book_.begin_sentence() << "goes beyond the micro-ops";
    grow(m_.uop, i.uop_end);
    for (std::int64_t out = 0; out < i.iter_out; ++out) {
      for (std::int64_t in = 0; in < i.iter_in; ++in) {
        for (std::int64_t u = i.uop_begin; u < i.uop_end; ++u) {
          if (failed()) return;
          micro_op const& index = m_.uop[static_cast<std::size_t>(u)];
          std::int64_t const d = index.dst + out * i.dst_factor_out + in * i.dst_factor_in;
          std::int64_t const s = index.src + out * i.src_factor_out + in * i.src_factor_in;
          std::int64_t const w = index.wgt + out * i.wgt_factor_out + in * i.wgt_factor_in;
          bool const uses_src = i.op == opcode::gemm ? i.reset == 0 : i.use_imm == 0;
          std::int64_t const source = i.op == opcode::gemm ? memory::inp : memory::acc;
          if (!inside(memory::acc, d) || (uses_src && !inside(source, s))) return;
          if (i.op == opcode::gemm && uses_src && !inside(memory::wgt, w)) return;
          if (strict_) {
            bool const again = d == last || d == last_but_one;
            bool const reads_again = i.op == opcode::alu && uses_src && (s == last || s == last_but_one);
            if ((again && i.reset == 0) || reads_again) {
              std::int64_t const element = reads_again && !again ? s : d;
              book_.begin_sentence() << "reads acc[" << element << "] "
                                     << (element == last ? "one iteration" : "two iterations")
                                     << " behind the one that writes it; three at least have to lie between";
              return;
            }
            last_but_one = last;
            last = d;
            if (i.op == opcode::alu && index.wgt != 0) {
              book_.begin_sentence() << "micro-op " << u << " has wgt " << index.wgt << "; in ALU it is 0";
              return;
            }
            if (i.op == opcode::alu && i.use_imm != 0 && index.src != index.dst) {
              book_.begin_sentence() << "has an immediate, and micro-op " << u
                                     << " another src than dst; some machines read src";
              return;
            }
          }
          i.op == opcode::gemm ? gemm(i, d, s, w) : alu_step(i, d, s);
        }
      }
    }
  }
  constexpr bool inside(std::int64_t which, std::int64_t element) {
    if (element < c_.depth(which)) return true;
    book_.begin_sentence() << "touches " << name_of_memory(which) << "[" << element << "]; " << name_of_memory(which)
                           << " has " << c_.depth(which) << " elements";
    return false;
  }

  constexpr void gemm(instruction const& i, std::int64_t d, std::int64_t s, std::int64_t w) {
    int const batch = c_.batch(), block = c_.block();
    std::int64_t const n = c_.numbers(memory::acc);
    if (strict_) {
      if (i.reset == 0) {
        book_.read(memory::inp, s);
        book_.read(memory::wgt, w);
        book_.read(memory::acc, d);
      }
      book_.write(memory::acc, d);
      book_.write(memory::out, d, i.reset != 0);
      if (failed()) return;
    }
    grow(m_.acc, (d + 1) * n);
    grow(m_.out, (d + 1) * n);
    std::int32_t* const acc = m_.acc.data() + d * n;
    std::int8_t* const out = m_.out.data() + d * n;
    if (i.reset != 0) {
      for (std::int64_t k = 0; k < n; ++k) acc[k] = 0;
      for (std::int64_t k = 0; k < n && !strict_; ++k) out[k] = 0;
      return;
    }
    grow(m_.inp, (s + 1) * n);
    grow(m_.wgt, (w + 1) * block * block);
    for (int b = 0; b < batch; ++b) {
      std::int8_t const* const row = m_.inp.data() + s * n + b * block;
      for (int o = 0; o < block; ++o) {
        std::int8_t const* const column = m_.wgt.data() + (w * block + o) * block;
        std::int32_t sum = 0;
        for (int k = 0; k < block; ++k) sum += row[k] * column[k];
        std::int32_t& to = acc[b * block + o];
        to = alu_result(alu::add, to, sum);
        out[b * block + o] = static_cast<std::int8_t>(to);
      }
    }
  }
  constexpr void alu_step(instruction const& i, std::int64_t d, std::int64_t s) {
    std::int64_t const n = c_.numbers(memory::acc);
    if (strict_) {
      book_.read(memory::acc, d);
      if (i.use_imm == 0) book_.read(memory::acc, s);
      book_.write(memory::acc, d);
      book_.write(memory::out, d);
      if (failed()) return;
    }
    grow(m_.acc, ((i.use_imm == 0 && s > d ? s : d) + 1) * n);
    grow(m_.out, (d + 1) * n);
    for (std::int64_t k = 0; k < n; ++k) {
      std::int32_t const y =
          i.use_imm != 0 ? static_cast<std::int32_t>(i.imm) : m_.acc[static_cast<std::size_t>(s * n + k)];
      if (strict_ && i.alu_opcode == alu::shr && i.use_imm == 0 && (y < 0 || y > 15)) {
        book_.begin_sentence() << "shifts by " << y << ", which acc[" << s << "] holds; machines agree on 0 to 15";
        return;
      }
      std::int32_t& to = m_.acc[static_cast<std::size_t>(d * n + k)];
      to = alu_result(i.alu_opcode, to, y);
      m_.out[static_cast<std::size_t>(d * n + k)] = static_cast<std::int8_t>(to);
    }
  }

  configuration c_;
  bool strict_;
  memories& m_;
  ledger& book_;
};

}  // namespace tenon::vta
