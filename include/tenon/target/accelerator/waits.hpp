#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <tenon/support/static_vector.hpp>
#include <tenon/target/accelerator/site.hpp>
#include <tenon/target/accelerator/stream.hpp>

/// Which instructions of different units touch the same bytes: what the machine has to be told, by tokens or barriers.
namespace tenon::accelerator {

/// An instruction that has to wait for an earlier one of another unit.
struct wait {
  std::int32_t earlier = 0;
  std::int32_t later = 0;
  constexpr bool operator==(wait const&) const = default;
};

namespace detail {

/// Whether bytes `low` up to `high` hold one that a shape at `begin` touches, from its repetition number `from` on.
constexpr bool touches(shape const& s, std::size_t from, std::int64_t begin, std::int64_t low, std::int64_t high) {
  std::int64_t inner = s.run;
  for (std::size_t n = from + 1; n < s.over.count; ++n) inner += s.over.items[n].stride * (s.over.items[n].count - 1);
  if (from >= s.over.count) return begin < high && low < begin + s.run;
  shape::repetition const& r = s.over.items[from];
  // The turns whose bytes end behind `low` and begin before `high`.
  std::int64_t first = low - begin - inner < 0 ? 0 : (low - begin - inner) / r.stride + 1;
  std::int64_t last = high <= begin ? -1 : (high - begin - 1) / r.stride;
  if (last >= r.count) last = r.count - 1;
  for (; first <= last; ++first) {
    if (touches(s, from + 1, begin + first * r.stride, low, high)) return true;
  }
  return false;
}

/// Whether two shapes meet in a byte.
constexpr bool meet(shape const& a, std::int64_t at_a, shape const& b, std::int64_t at_b, std::size_t from = 0) {
  if (at_a + a.span() <= at_b || at_b + b.span() <= at_a) return false;
  if (from >= a.over.count) return touches(b, 0, at_b, at_a, at_a + a.run);
  for (std::int64_t n = 0; n < a.over.items[from].count; ++n) {
    if (meet(a, at_a + n * a.over.items[from].stride, b, at_b, from + 1)) return true;
  }
  return false;
}

}  // namespace detail

/// Whether two instructions touch the same bytes, and one of them writes there.
template <class Record>
constexpr bool depend(sites const& all, Record const& a, Record const& b) {
  site const& one = all.items[a.site];
  site const& other = all.items[b.site];
  for (std::size_t n = 0; n < one.operands.count; ++n) {
    operand const& x = one.operands.items[n];
    for (std::size_t m = 0; m < other.operands.count; ++m) {
      operand const& y = other.operands.items[m];
      if (x.memory != y.memory || !(x.is_written || y.is_written)) continue;
      if (detail::meet(x.touched, std::int64_t{a.at[n]} * x.element_bytes, y.touched,
                       std::int64_t{b.at[m]} * y.element_bytes))
        return true;
    }
  }
  return false;
}

namespace detail {

inline constexpr std::size_t most_units = 8;
inline constexpr std::size_t waits_in_part = 128;

/// Which bytes each site touches of each memory in the whole stream, as far as a range tells.
struct reach {
  struct range {
    std::int64_t low = 0;
    std::int64_t high = 0;  // 0: nothing
    bool written = false;
  };
  static_vector<static_vector<range, 6>, sites::capacity> of{};
};

template <class Stream>
constexpr reach reach_of() {
  reach made{};
  sites const& all = Stream::statements();
  for (site const& s : all) {
    made.of.push_back({});
    for (operand const& o : s.operands) made.of.back().push_back({.written = o.is_written});
  }
  for (auto const& r : Stream::records) {
    site const& s = all.items[r.site];
    for (std::size_t n = 0; n < s.operands.count; ++n) {
      reach::range& to = made.of.items[r.site].items[n];
      std::int64_t const begin = std::int64_t{r.at[n]} * s.operands.items[n].element_bytes;
      std::int64_t const end = begin + s.operands.items[n].touched.span();
      if (to.high == 0 || begin < to.low) to.low = begin;
      if (end > to.high) to.high = end;
    }
  }
  return made;
}
template <class Stream>
inline constexpr reach reach_in = reach_of<Stream>();

/// Whether instructions of two sites ever can meet.
struct pairs {
  bool may[sites::capacity][sites::capacity]{};
};
template <class Stream>
constexpr pairs pairs_of() {
  pairs made{};
  sites const& all = Stream::statements();
  for (std::size_t a = 0; a < all.size(); ++a) {
    for (std::size_t b = 0; b < all.size(); ++b) {
      for (std::size_t n = 0; n < all[a].operands.size(); ++n) {
        for (std::size_t m = 0; m < all[b].operands.size(); ++m) {
          reach::range const& x = reach_in<Stream>.of[a][n];
          reach::range const& y = reach_in<Stream>.of[b][m];
          made.may[a][b] |= all[a].operands[n].memory == all[b].operands[m].memory && (x.written || y.written) &&
                            x.low < y.high && y.low < x.high;
        }
      }
    }
  }
  return made;
}
template <class Stream>
inline constexpr pairs pairs_in = pairs_of<Stream>();

/// What each unit has waited for so far: of each other unit, the last instruction.
struct waited {
  std::int32_t until[most_units][most_units]{};
};

struct waits_part {
  static_vector<wait, waits_in_part*(most_units - 1)> found{};
  waited after{};
  bool is_full = false;
};

template <class Stream>
constexpr waits_part find_waits(std::size_t first, waited const& before) {
  waits_part made{.after = before};
  lower::machine const on = Stream::machine();
  sites const& all = Stream::statements();
  std::size_t last = first + waits_in_part;
  if (last > Stream::size) last = Stream::size;
  for (std::size_t n = first; n < last; ++n) {
    auto const& r = Stream::records[n];
    auto const own = static_cast<std::size_t>(all.items[r.site].unit);
    bool open[most_units]{};  // units in which an instruction to wait for may still be found
    std::size_t count = 0;
    for (std::size_t m = 0; m < all.count; ++m) {
      auto const other = static_cast<std::size_t>(all.items[m].unit);
      if (other == own || open[other] || !pairs_in<Stream>.may[m][r.site]) continue;
      open[other] = true;
      ++count;
    }
    std::int32_t newest[most_units]{};
    for (std::size_t e = n; e-- > 0 && count > 0;) {
      auto const& earlier = Stream::records[e];
      auto const other = static_cast<std::size_t>(all.items[earlier.site].unit);
      if (!open[other]) continue;
      bool const ordered = on.units.first[own].in_order && on.units.first[other].in_order;
      // What an earlier instruction of this unit has waited for is done, and all before it.
      if (ordered && static_cast<std::int32_t>(e) < made.after.until[own][other]) {
        open[other] = false;
        --count;
        continue;
      }
      if (!pairs_in<Stream>.may[earlier.site][r.site] || !depend(all, earlier, r)) continue;
      if (made.found.full()) {
        made.is_full = true;
        return made;
      }
      made.found.push_back({static_cast<std::int32_t>(e), static_cast<std::int32_t>(n)});
      if (newest[other] == 0) newest[other] = static_cast<std::int32_t>(e) + 1;
      if (!on.units.first[other].in_order) continue;
      open[other] = false;
      --count;
    }
    for (std::size_t u = 0; u < on.units.count; ++u) {
      if (newest[u] > made.after.until[own][u]) made.after.until[own][u] = newest[u];
    }
  }
  return made;
}

template <class Stream, std::size_t Part>
inline constexpr waits_part waits_in = find_waits<Stream>(Part * waits_in_part, waits_in<Stream, Part - 1>.after);
template <class Stream>
inline constexpr waits_part waits_in<Stream, 0> = find_waits<Stream>(0, {});

template <class Stream, std::size_t... Parts>
constexpr auto gather_waits(std::index_sequence<Parts...>) {
  static_assert(!(waits_in<Stream, Parts>.is_full || ...),
                "tenon: instructions of units without order wait for too many others");
  constexpr std::size_t count = (waits_in<Stream, Parts>.found.size() + ... + 0);
  std::array<wait, count> all{};
  std::size_t next = 0;
  auto const append = [&](waits_part const& p) {
    for (wait const& w : p.found) all[next++] = w;
  };
  (append(waits_in<Stream, Parts>), ...);
  return all;
}

template <class Stream>
constexpr auto waits_of() {
  if constexpr (Stream::machine().units.count < 2) {
    return std::array<wait, 0>{};
  } else {
    static_assert(Stream::machine().units.count <= most_units, "tenon: a machine has at most 8 units");
    return gather_waits<Stream>(std::make_index_sequence<(Stream::size + waits_in_part - 1) / waits_in_part>{});
  }
}

}  // namespace detail

/// The pairs of instructions of different units of which the later one has to wait: both touch the same bytes, and one writes.
/// Of a unit that works in order only the last such instruction is named, and none that an earlier wait stands for already:
/// where every pair is kept, all others are kept too. In the order of the later ones.
template <class Stream>
inline constexpr auto waits = detail::waits_of<Stream>();

}  // namespace tenon::accelerator
