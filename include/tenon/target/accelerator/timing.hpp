#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <tenon/target/accelerator/stream.hpp>
#include <tenon/target/accelerator/waits.hpp>

namespace tenon::accelerator {

/// How long a stream takes by what its instructions say of themselves.
struct timing {
  std::int64_t one_by_one = 0;           // cycles, if no two instructions ran at the same time
  std::int64_t overlapped = 0;           // cycles, if each begins when its unit is free and its waits are over
  static_vector<std::int64_t, 8> busy{};  // cycles in which each unit works
};

namespace detail {

/// The cycles of one instruction that repeats itself so many times: a number for each turn, or what `cycles(immediates)` makes of
/// the numbers written into it for each turn, or `cycles(immediates, turns)` for all of them.
template <class I>
constexpr std::int64_t cycles_of(std::int32_t const* immediates, std::int64_t turns) {
  if constexpr (requires { I::cycles(immediates, turns); }) return I::cycles(immediates, turns);
  else if constexpr (requires { I::cycles(immediates); }) return I::cycles(immediates) * turns;
  else if constexpr (requires { I::cycles + 0; }) return I::cycles * turns;
  else return turns;
}

template <class... Instructions>
constexpr std::int64_t cycles_in(instruction_list<Instructions...>, std::size_t which, std::int32_t const* immediates,
                                 std::int64_t turns) {
  std::int64_t found = 0;
  std::size_t n = 0;
  ((found = n++ == which ? cycles_of<Instructions>(immediates, turns) : found), ...);
  return found;
}

}  // namespace detail

/// The cycles of each instruction of a machine, and of a stream of them.
template <class Stream>
constexpr std::int64_t cycles_of(typename Stream::record_type const& r) {
  return detail::cycles_in(typename Stream::target::instructions{}, r.instruction, r.immediate.data(),
                           Stream::statements()[r.site].repetitions());
}

/// Each unit does its instructions in the order of the stream. An estimate: it knows what the target says and no more.
template <class Stream>
constexpr timing timing_of() {
  timing made{};
  std::size_t const units = Stream::machine().units.count;
  for (std::size_t u = 0; u < (units == 0 ? 1 : units); ++u) made.busy.push_back(0);
  std::vector<std::int64_t> ends{};  // of the instructions so far
  std::int64_t free[8]{};
  std::size_t next = 0;
  for (std::size_t n = 0; n < Stream::size; ++n) {
    auto const& r = Stream::records[n];
    auto const unit = static_cast<std::size_t>(Stream::statements()[r.site].unit);
    std::int64_t const cycles = cycles_of<Stream>(r);
    std::int64_t begin = free[unit];
    for (; next < waits<Stream>.size() && waits<Stream>[next].later == static_cast<std::int32_t>(n); ++next) {
      std::int64_t const end = ends[static_cast<std::size_t>(waits<Stream>[next].earlier)];
      if (end > begin) begin = end;
    }
    free[unit] = begin + cycles;
    ends.push_back(free[unit]);
    made.one_by_one += cycles;
    made.busy[unit] += cycles;
    if (ends[n] > made.overlapped) made.overlapped = ends[n];
  }
  return made;
}

}  // namespace tenon::accelerator
