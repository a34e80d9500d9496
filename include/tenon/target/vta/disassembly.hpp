#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tenon/support/text.hpp>
#include <tenon/target/vta/spell.hpp>
#include <tenon/target/vta/stream.hpp>

namespace tenon::vta {

namespace detail {

constexpr void pad(std::string& to, std::size_t width) {
  if (to.size() < width) to.append(width - to.size(), ' ');
}

// Micro-ops that differ by the same step are one line: "uops[0..14) dst 0 +28, src 0 +30, wgt 4".
constexpr std::string micro_op_lines(stream const& s, instruction const& load) {
  std::string all{};
  auto const at = [&](std::int64_t n) { return micro_op_at(s, load.dram_base + n); };
  for (std::int64_t begin = 0; begin < load.x_size;) {
    micro_op const* const first = at(begin);
    if (first == nullptr) return all.append("             uops that the stream does not hold\n");
    std::int64_t end = begin + 1;
    micro_op step{};
    if (micro_op const* const second = end < load.x_size ? at(end) : nullptr) {
      step = {second->dst - first->dst, second->src - first->src, second->wgt - first->wgt};
      for (micro_op const* last = first; end < load.x_size; ++end) {
        micro_op const* const next = at(end);
        if (next == nullptr || next->dst - last->dst != step.dst || next->src - last->src != step.src ||
            next->wgt - last->wgt != step.wgt) {
          break;
        }
        last = next;
      }
    }
    text line{"             uops["};
    line << load.sram_base + begin << ".." << load.sram_base + end << ")";
    auto const index = [&](std::string_view name, int value, int by) {
      line << name << value;
      if (end - begin > 1 && by != 0) line << (by > 0 ? " +" : " ") << by;
    };
    index(" dst ", first->dst, step.dst);
    index(", src ", first->src, step.src);
    index(", wgt ", first->wgt, step.wgt);
    all.append(std::string_view(line)).append("\n");
    begin = end;
  }
  return all;
}

}  // namespace detail

/// A stream in words: a line for each instruction with its place and its unit, and below a LOAD UOP what it loads.
constexpr std::string disassembly(stream const& s) {
  std::string all{};
  for (std::size_t at = 0; at < s.instructions.size(); ++at) {
    instruction const& i = s.instructions[at];
    std::string line{std::string_view(text{} << at)};
    if (line.size() < 4) line.insert(0, 4 - line.size(), ' ');
    line.append(" ").append(name_of(unit_of(i)));
    detail::pad(line, 13);
    all.append(line).append(std::string_view(spell(i))).append("\n");
    if (i.op == opcode::load && i.memory_type == memory::uop) all.append(detail::micro_op_lines(s, i));
  }
  return all;
}

/// The fields of an instruction as a table: bits, name, meaning.
constexpr std::string layout(configuration const& c, std::int64_t op) {
  std::string all{};
  for_each_field(c, op, [&](instruction_field const& f, int first, int width) {
    std::string line{};
    line.append(std::string_view(text{} << first + width - 1 << ":" << first));
    detail::pad(line, 9);
    line.append(f.name);
    detail::pad(line, 24);
    all.append(line).append(f.meaning).append("\n");
  });
  return all;
}

}  // namespace tenon::vta
