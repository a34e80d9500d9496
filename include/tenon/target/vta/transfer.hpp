#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <tenon/support/static_vector.hpp>
#include <tenon/support/text.hpp>
#include <tenon/target/vta/builder.hpp>

/// Copies of any number of loops as LOAD and STORE take them: rows and columns.
namespace tenon::vta {

/// A loop of a copy. With each turn it goes so many elements further in SRAM and in DRAM; its first and last turns may be zeros.
struct copy_loop {
  std::int64_t count = 1;
  std::int64_t sram = 0;
  std::int64_t dram = 0;
  std::int64_t before = 0;
  std::int64_t behind = 0;

  constexpr bool is_padded() const { return before != 0 || behind != 0; }
  constexpr std::int64_t copied() const { return count - before - behind; }
};
/// Those of a statement, and one for what is zeros in all turns.
using copy_loops = static_vector<copy_loop, 9>;

namespace detail {

/// In the order in which the elements lie in SRAM. Loops that go on where the one inside of them ends become one.
constexpr copy_loops in_order(copy_loops const& given) {
  copy_loops sorted{};
  for (copy_loop const& l : given) {
    if (l.count == 1 && !l.is_padded()) continue;
    sorted.push_back(l);
    for (std::size_t n = sorted.size() - 1; n > 0 && sorted[n].sram > sorted[n - 1].sram; --n)
      std::swap(sorted[n], sorted[n - 1]);
  }
  copy_loops merged{};
  for (copy_loop const& l : sorted) {
    bool const goes_on = !merged.empty() && !merged.back().is_padded() && !l.is_padded() &&
                         merged.back().sram == l.sram * l.count && merged.back().dram == l.dram * l.count;
    if (!goes_on) {
      merged.push_back(l);
    } else {
      merged.back() = {.count = merged.back().count * l.count, .sram = l.sram, .dram = l.dram};
    }
  }
  return merged;
}

}  // namespace detail

/// Calls `each(sram, block)` for each LOAD or STORE that a copy from or to element `sram` and DRAM element `dram` takes; both
/// are those of the first turn of all loops, which may be one of zeros. Or says why it cannot be.
template <class Each>
constexpr text each_transfer(copy_loops const& given, std::int64_t sram, std::int64_t dram, Each const& each) {
  copy_loops outer = detail::in_order(given);
  copy_loop columns{}, rows{};
  if (!outer.empty() && outer.back().sram == 1 && (outer.back().dram == 1 || outer.back().copied() == 1)) {
    columns = outer.back();
    outer.pop_back();
  }
  if (!outer.empty() && outer.back().sram == columns.count) {
    rows = outer.back();
    outer.pop_back();
  }
  std::int64_t turns = 1;
  for (copy_loop const& l : outer) {
    if (l.is_padded())
      return text{} << "zeros are put around rows and columns, and this copy needs them in a third loop";
    turns *= l.count;
  }
  if (rows.copied() <= 0 || columns.copied() <= 0)
    return text{} << "all of a copy is zeros; machines differ about one that takes nothing from DRAM";
  std::int64_t const first = dram + rows.before * rows.dram + columns.before * columns.dram;
  for (std::int64_t turn = 0; turn < turns; ++turn) {
    std::int64_t rest = turn, further_sram = 0, further_dram = 0;
    for (std::size_t n = outer.size(); n-- > 0; rest /= outer[n].count) {
      further_sram += rest % outer[n].count * outer[n].sram;
      further_dram += rest % outer[n].count * outer[n].dram;
    }
    each(sram + further_sram, block{.dram = first + further_dram,
                                    .rows = rows.copied(),
                                    .columns = columns.copied(),
                                    .stride = rows.dram,
                                    .top = rows.before,
                                    .bottom = rows.behind,
                                    .left = columns.before,
                                    .right = columns.behind});
  }
  return {};
}

}  // namespace tenon::vta
