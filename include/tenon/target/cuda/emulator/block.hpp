#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <tenon/target/cuda/emulator/fiber.hpp>
#include <tenon/target/cuda/emulator/finding.hpp>
#include <tenon/target/cuda/emulator/tensor_core.hpp>

namespace tenon::cuda::emulator {

/// The threads of one block, each a fiber. They run in an order drawn from a seed, one until it has to wait or passes the word
/// on by chance, then another one.
class block {
 public:
  block(std::int64_t const (&threads)[3], std::uint32_t& time, std::mt19937& chance) : time_(time), chance_(chance) {
    for (int k = 0; k < 3; ++k) size_[k] = threads[k];
  }

  std::size_t count() const { return static_cast<std::size_t>(size_[0] * size_[1] * size_[2]); }
  /// The coordinate of a thread by its number.
  std::int64_t coordinate(std::int32_t thread, int k) const {
    std::int64_t const below = k == 0 ? 1 : k == 1 ? size_[0] : size_[0] * size_[1];
    return thread / below % size_[k];
  }
  std::string name_of(std::int32_t thread) const {
    std::int64_t const at[3]{coordinate(thread, 0), coordinate(thread, 1), coordinate(thread, 2)};
    return coordinates(at);
  }
  std::uint32_t time() const { return time_; }

  /// Runs `body(thread)` in every thread; empty, or what went wrong.
  std::string run(std::function<void(std::int32_t)> const& body) {
    threads_.clear();
    threads_.resize(count());
    groups_.assign(count(), {});
    for (std::size_t t = 0; t < count(); ++t) {
      threads_[t].run = std::make_unique<fiber>([&body, t] { body(static_cast<std::int32_t>(t)); });
    }
    ++time_;
    for (;;) {
      ready_.clear();
      for (std::size_t t = 0; t < count(); ++t) {
        if (threads_[t].waits == wait::nothing) ready_.push_back(t);
      }
      if (ready_.empty()) {
        if (!everybody_met()) break;
        continue;
      }
      at_ = ready_[chance_() % ready_.size()];
      one& now = threads_[at_];
      now.run->resume();
      if (!wrong_.empty()) break;
      if (now.run->ended()) now.waits = wait::ended;
    }
    for (one& each : threads_) each.run->cancel();
    return wrong_;
  }

  /// Called in a thread: it made a mistake, and nothing goes on.
  void fail(std::string sentence) {
    wrong_ = std::move(sentence);
    threads_[at_].run->stop();
  }
  /// Called in a thread: lets others go first, by chance.
  void pass() {
    if (chance_() % 8 == 0) threads_[at_].run->stop();
  }
  /// Called in a thread: waits until all are at this barrier.
  void meet(int barrier) {
    one& me = threads_[at_];
    me.waits = wait::barrier;
    me.site = barrier;
    me.run->stop();
  }
  /// Called in a thread: gives a value to the lanes of its group and gets that of the one `apart` from it.
  std::uint64_t exchange(int site, int lanes, int apart, std::uint64_t mine) {
    lane_registers given{};
    std::memcpy(given.bytes, &mine, sizeof mine);
    lane_registers const* const all = meet_lanes(site, lanes, given);
    if (all == nullptr) return 0;
    std::uint64_t theirs = 0;
    std::memcpy(&theirs, all[(at_ % static_cast<std::size_t>(lanes)) ^ static_cast<std::size_t>(apart)].bytes,
                sizeof theirs);
    return theirs;
  }
  /// Called in a thread: its number in its warp.
  int lane() const { return static_cast<int>(at_ % 32); }
  /// Called in a thread: gives something to the lanes of its group; what all of them gave, in their order, until they meet again.
  lane_registers const* meet_lanes(int site, int lanes, lane_registers const& mine) {
    std::size_t const first = at_ / static_cast<std::size_t>(lanes) * static_cast<std::size_t>(lanes);
    std::size_t const lane = at_ - first;
    group& all = groups_[first];
    if (all.arrived == 0) all.site = site;
    if (all.site != site) {
      fail("lanes of one warp meet at different places");
      return nullptr;
    }
    all.values[all.turn & 1U][lane] = mine;
    unsigned const turn = all.turn;
    if (++all.arrived == lanes) {
      all.arrived = 0;
      ++all.turn;
      for (std::size_t t = first; t < first + static_cast<std::size_t>(lanes); ++t) {
        if (threads_[t].waits == wait::lanes) threads_[t].waits = wait::nothing;
      }
    } else {
      one& me = threads_[at_];
      me.waits = wait::lanes;
      me.site = site;
      me.run->stop();
    }
    return all.values[turn & 1U];
  }

 private:
  enum class wait : std::uint8_t { nothing, barrier, lanes, ended };
  struct one {
    std::unique_ptr<fiber> run{};
    wait waits = wait::nothing;
    int site = 0;
  };
  struct group {
    int arrived = 0;
    int site = 0;
    unsigned turn = 0;
    lane_registers values[2][32]{};
  };

  /// Nobody can go on. If all wait at one barrier they met; if all have ended, that is all.
  bool everybody_met() {
    std::size_t ended = 0;
    std::int32_t waiting = -1;
    std::int32_t other = -1;
    for (std::size_t t = 0; t < count(); ++t) {
      one const& each = threads_[t];
      auto const number = static_cast<std::int32_t>(t);
      if (each.waits == wait::ended) {
        ++ended;
        other = number;
      } else if (waiting < 0) {
        waiting = number;
      } else if (each.waits != threads_[static_cast<std::size_t>(waiting)].waits ||
                 each.site != threads_[static_cast<std::size_t>(waiting)].site) {
        other = number;
      }
    }
    if (ended == count()) return false;
    if (other >= 0 || threads_[static_cast<std::size_t>(waiting)].waits == wait::lanes) {
      wrong_ = "thread " + name_of(waiting) + " waits " + what_for(waiting) +
               (other < 0 ? ", and nobody comes" : ", and thread " + name_of(other) + " " + what_of(other));
      return false;
    }
    for (one& each : threads_) each.waits = wait::nothing;
    ++time_;
    return true;
  }
  std::string what_for(std::int32_t thread) const {
    return threads_[static_cast<std::size_t>(thread)].waits == wait::barrier ? "at a barrier"
                                                                             : "for the lanes of its warp";
  }
  std::string what_of(std::int32_t thread) const {
    wait const w = threads_[static_cast<std::size_t>(thread)].waits;
    if (w == wait::ended) return "has ended without it: the barrier is divergent";
    return (w == wait::barrier ? "at another barrier" : "for the lanes of its warp") +
           std::string(": the barrier is divergent");
  }

  std::int64_t size_[3];
  std::uint32_t& time_;
  std::mt19937& chance_;
  std::vector<one> threads_{};
  std::vector<group> groups_{};
  std::vector<std::size_t> ready_{};
  std::size_t at_ = 0;
  std::string wrong_{};
};

}  // namespace tenon::cuda::emulator
