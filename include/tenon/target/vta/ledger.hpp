#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tenon/support/text.hpp>
#include <tenon/target/vta/memories.hpp>
#include <tenon/target/vta/spell.hpp>
#include <tenon/target/vta/tokens.hpp>

namespace tenon::vta {

/// Who wrote and read each element of each memory, and what two instructions did to one without a token between them.
class ledger {
 public:
  text fault{};  // the first thing that went wrong, or empty

  /// Begins a launch. What earlier launches wrote is there.
  constexpr void begin(std::span<instruction const> all) {
    stream_ = all;
    ranks_ = ranks_of(all);
    fault = {};
    while (marks_.size() <= static_cast<std::size_t>(dram)) marks_.push_back({});
    for (std::vector<mark>& marks : marks_) {
      for (mark& m : marks) m = {.writer = m.writer == never ? never : earlier, .is_stale = m.is_stale};
    }
  }
  /// The next accesses are those of an instruction that starts with this knowledge.
  constexpr void enter(std::int32_t at, moment const& start) {
    at_ = at;
    start_ = start;
  }

  constexpr void read(std::int64_t memory, std::int64_t element) {
    if (!fault.empty()) return;
    grow(marks(memory), element + 1);
    mark& m = marks(memory)[static_cast<std::size_t>(element)];
    if (m.writer == never && memory != dram) {
      begin_sentence() << "reads " << name(memory) << "[" << element << "], which nothing has written";
    } else if (memory == vta::memory::out && m.is_stale) {
      begin_sentence() << "stores out[" << element << "], whose accumulator was last set by a load or a reset; "
                       << "these do not reach out, bring it through an ALU instruction";
    } else if (!comes_before(m.writer)) {
      begin_sentence() << "reads " << name(memory) << "[" << element << "], which " << other(m.writer)
                       << " writes, and no token orders the two";
    }
    m.reader = at_;
  }
  constexpr void write(std::int64_t memory, std::int64_t element, bool stale = false) {
    if (!fault.empty()) return;
    grow(marks(memory), element + 1);
    mark& m = marks(memory)[static_cast<std::size_t>(element)];
    for (std::int32_t const who : {m.writer, m.reader}) {
      if (comes_before(who)) continue;
      begin_sentence() << "writes " << name(memory) << "[" << element << "], which " << other(who)
                       << (who == m.reader ? " reads" : " writes") << ", and no token orders the two";
      return;
    }
    m = {.writer = at_, .is_stale = stale};
  }
  /// "instruction 3 (...): ", the beginning of what is wrong with the current one. Only the first such sentence is kept.
  constexpr text& begin_sentence() {
    text& to = fault.empty() ? fault : ignored_;
    to = {};
    return to << "instruction " << other(at_) << ": ";
  }

  static constexpr std::int64_t dram = 6;  // behind the SRAMs; counted in output elements

 private:
  static constexpr std::int32_t never = -2, earlier = -1;

  struct mark {
    std::int32_t writer = never, reader = earlier;  // instructions of this launch
    bool is_stale = false;
  };

  constexpr std::vector<mark>& marks(std::int64_t memory) { return marks_[static_cast<std::size_t>(memory)]; }
  constexpr std::string_view name(std::int64_t memory) const {
    return memory == dram ? "DRAM in out elements, " : name_of_memory(memory);
  }
  constexpr text other(std::int32_t who) const {
    return spell(static_cast<std::size_t>(who), stream_[static_cast<std::size_t>(who)]);
  }
  constexpr bool comes_before(std::int32_t who) const {
    if (who < 0 || who == at_) return true;
    unit const u = unit_of(stream_[static_cast<std::size_t>(who)]);
    return u == unit_of(stream_[static_cast<std::size_t>(at_)]) || ranks_[static_cast<std::size_t>(who)] < start_[u];
  }

  text ignored_{};
  std::span<instruction const> stream_{};
  std::vector<std::int32_t> ranks_{};
  std::vector<std::vector<mark>> marks_{};  // for each memory
  std::int32_t at_ = 0;
  moment start_{};
};

}  // namespace tenon::vta
