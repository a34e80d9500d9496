#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <tenon/ir/program.hpp>
#include <tenon/target/accelerator/statements.hpp>
#include <tenon/target/vta/builder.hpp>
#include <tenon/target/vta/prepare.hpp>
#include <tenon/target/vta/transfer.hpp>

/// From a program whose statements are instructions to a stream.
namespace tenon::vta {

/// Where a stream and its data lie in DRAM, in bytes.
struct placement {
  std::int64_t tensors = 0;
  std::int64_t micro_ops = 0;
};

namespace detail {

/// Runs through a lowered program with its loops written out, and puts down what each statement is on the machine.
class emitter {
 public:
  constexpr emitter(ir::program const& program, accelerator::statements const& found, prepared_sites const& prepared,
                    configuration const& sizes, placement const& where)
      : p(program), all(found), ready(prepared), c(sizes), origin(where.tensors), to(sizes, where.micro_ops / 4) {}

  constexpr stream_or_flaw run() {
    visit(p.root);
    if (wrong.empty()) wrong = to.wrong();
    if (!wrong.empty()) return {.flaw = text{} << "this operator: " << wrong};
    return {to.finish(), {}};
  }

 private:
  constexpr void visit(ir::node_id id) {
    if (id == ir::node_id::none || !wrong.empty()) return;
    ir::node const& n = p[id];
    switch (n.what) {
      case ir::op::block:
        visit(n.a);
        visit(n.b);
        break;
      case ir::op::loop: {
        std::int64_t const extent = p[p[n.axis()].extent].value;
        for (std::int64_t x = 0; x < extent; ++x) {
          at.at[n.x] = static_cast<std::int32_t>(x);
          visit(n.a);
        }
        at.at[n.x] = 0;
        break;
      }
      case ir::op::allocate: visit(n.a); break;
      case ir::op::when: visit(accelerator::value_of(p, n.a, at) != 0 ? n.b : n.c); break;
      default: {
        auto const number = static_cast<std::size_t>(all.site_at[static_cast<std::size_t>(id)]);
        accelerator::site const& s = all.all[number];
        prepared_site const& r = ready.all[number];
        std::int64_t first[3]{};
        for (std::size_t o = 0; o < s.operands.size(); ++o) first[o] = begin_of(s.operands[o], r.which[o]);
        switch (r.means.op) {
          case opcode::load: transfer(s, r, first[0], first[1]); break;
          case opcode::store: transfer(s, r, first[1], first[0]); break;
          default: repeat(number, first);
        }
      }
    }
  }

  /// The block at which an operand begins, in its memory.
  constexpr std::int64_t begin_of(accelerator::operand const& o, std::int64_t which) {
    std::int64_t const found = blocks_of(c, which, o, accelerator::value_of(p, o.first, at));
    if (found == no_block && wrong.empty()) {
      wrong << p[o.of].name << " is taken from the middle of a block of " << name_of_memory(which) << ", which is "
            << c.bytes(which) << " bytes";
    }
    return found;
  }

  constexpr void transfer(accelerator::site const& s, prepared_site const& r, std::int64_t sram, std::int64_t dram) {
    copy_loops loops = r.copies;
    for (copy_condition const& one : r.conditions) pad(s, one, loops);
    std::int64_t const which = r.means.which;
    text const no =
        each_transfer(loops, sram, origin / c.bytes(which) + dram, [&](std::int64_t at_element, block const& b) {
          if (r.means.op == opcode::store) to.store(at_element, b);
          else to.load(which, at_element, b);
        });
    if (!no.empty()) wrong = no;
  }

  /// How many turns of its loop are zeros at either end, because the condition does not hold there.
  constexpr void pad(accelerator::site const& s, copy_condition const& only, copy_loops& loops) {
    if (only.loop < 0) {
      // As if one turn of a loop that runs once were none.
      if (accelerator::value_of(p, only.holds, at) == 0) loops.push_back({.before = 1});
      return;
    }
    auto const number = static_cast<std::size_t>(only.loop);
    copy_loop& l = loops[number];
    std::int32_t& turn = at.at[static_cast<std::size_t>(s.around[number])];
    std::int64_t before = 0, behind = 0;
    for (turn = 0; before < l.count && accelerator::value_of(p, only.holds, at) == 0; ++turn) ++before;
    for (turn = static_cast<std::int32_t>(l.count - 1);
         before + behind < l.count && accelerator::value_of(p, only.holds, at) == 0; --turn)
      ++behind;
    turn = 0;
    if (before > l.before) l.before = before;
    if (behind > l.behind) l.behind = behind;
  }

  /// The micro-ops of a statement whose operands begin at these blocks.
  struct list {
    std::size_t site = 0;
    std::int64_t first[3]{};
    std::vector<micro_op> ops{};
  };
  constexpr std::span<micro_op const> micro_ops_of(std::size_t site, std::int64_t const (&first)[3]) {
    for (list const& known : lists) {
      if (known.site == site && known.first[0] == first[0] && known.first[1] == first[1] && known.first[2] == first[2])
        return known.ops;
    }
    list made{.site = site, .first = {first[0], first[1], first[2]}};
    add_micro_ops(ready.all[site], 0, first, made.ops);
    lists.push_back(std::move(made));
    return lists.back().ops;
  }
  constexpr void add_micro_ops(prepared_site const& r, std::size_t depth, std::int64_t const (&at_turn)[3],
                               std::vector<micro_op>& ops) {
    if (depth == r.repeats.listed.size()) {
      std::int64_t const src = r.means.is_immediate ? at_turn[0] : at_turn[1];
      ops.push_back({static_cast<std::int32_t>(at_turn[0]), static_cast<std::int32_t>(src),
                     static_cast<std::int32_t>(at_turn[2])});
      return;
    }
    repeated_loop const& l = r.repeats.listed[depth];
    std::int64_t next[3]{at_turn[0], at_turn[1], at_turn[2]};
    for (std::int64_t turn = 0; turn < l.count; ++turn) {
      add_micro_ops(r, depth + 1, next, ops);
      for (int o = 0; o < 3; ++o) next[o] += l.step[o];
    }
  }

  constexpr void repeat(std::size_t site, std::int64_t const (&first)[3]) {
    prepared_site const& r = ready.all[site];
    repetition const& turns = r.repeats;
    std::span<micro_op const> const ops = micro_ops_of(site, first);
    loops const around{.out = turns.out.count,
                       .in = turns.in.count,
                       .dst_out = turns.out.step[0],
                       .dst_in = turns.in.step[0],
                       .src_out = turns.out.step[1],
                       .src_in = turns.in.step[1],
                       .wgt_out = turns.out.step[2],
                       .wgt_in = turns.in.step[2]};
    if (r.means.is_reset) to.reset(ops, around);
    else if (r.means.op == opcode::gemm) to.gemm(ops, around);
    else if (r.means.is_immediate) to.alu_immediate(r.means.which, r.number, ops, around);
    else to.alu(r.means.which, ops, around);
  }

  ir::program const& p;
  accelerator::statements const& all;
  prepared_sites const& ready;
  configuration const& c;
  std::int64_t origin;
  builder to;
  accelerator::counters at{};
  std::vector<list> lists{};
  text wrong{};
};

}  // namespace detail

/// The stream of a lowered program, its tensors and micro-ops where `where` says.
constexpr stream_or_flaw emit(ir::program const& p, accelerator::statements const& found,
                              prepared_sites const& prepared, configuration const& sizes, placement const& where) {
  return detail::emitter{p, found, prepared, sizes, where}.run();
}

}  // namespace tenon::vta
