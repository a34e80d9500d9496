#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tenon::bench {

/// Who a contender is: the best of the peers is what every ratio is taken to.
enum class role { ours, peer, yardstick, plain };

/// The role as a table says it.
char const* word(role who);

/// One call of a contender on a prepared problem; empty where the contender cannot run here.
using task = std::function<void()>;

/// The data of a workload, shared by its contenders, and the means to check what they leave in it.
class problem {
 public:
  virtual ~problem() = default;

  /// Puts the output into the state that a call starts from.
  virtual void reset() = 0;

  /// How far the output of one call is from the reference, as a multiple of what rounding may cause.
  virtual double error() const = 0;

  /// What one call does, in `unit()`s times 10^9 per second.
  virtual double amount() const = 0;

  /// The name of a thousand million of `amount()` each second.
  virtual char const* unit() const = 0;
};

/// A contender of some workload, whatever the workload's problem is.
struct entry {
  std::string name;
  role who;
  std::function<task(problem&)> prepare;
  double part_of_ours = 0;  // the share of our best kernel's speed that it has to reach; 0: no such bar
};

/// A workload by name: how to make its problem, who contends, and the bar that ours has to reach.
struct listing {
  std::string name;
  double bar = 0;
  std::function<std::unique_ptr<problem>()> make;
  std::vector<entry> const* contenders = nullptr;
};

namespace detail {

template <class Problem>
std::vector<entry>& contenders_of() {
  static std::vector<entry> list;
  return list;
}

}  // namespace detail

/// All workloads of this program.
std::vector<listing>& workloads();

/// Enters a contender for every workload on `Problem`: `prepare` does what is not timed and returns what is. The first of
/// ours is held to the workload's bar; others of ours to a part of that one's speed.
template <class Problem>
struct contender {
  contender(std::string name, role who, std::function<task(Problem&)> prepare, double part_of_ours = 0) {
    detail::contenders_of<Problem>().push_back(
        {std::move(name), who, [prepare = std::move(prepare)](problem& p) { return prepare(static_cast<Problem&>(p)); },
         part_of_ours});
  }
};

/// Enters a workload: a problem made from `arguments`, and the ratio to the best peer that ours has to reach.
template <class Problem>
struct workload {
  template <class... Arguments>
  workload(std::string name, double bar, Arguments... arguments) {
    workloads().push_back({std::move(name), bar, [=] { return std::make_unique<Problem>(arguments...); },
                           &detail::contenders_of<Problem>()});
  }
};

/// How long a run of the whole program may look at each contender.
struct effort {
  int rounds = 11;
  double seconds_a_round = 0.03;
};

/// What the rounds showed for one contender; `seconds` is empty where `problem` says why.
struct samples {
  std::string name;
  role who = role::plain;
  std::vector<double> seconds;  // of one call, by round
  std::vector<double> ratio;  // to the best peer in the same round: above 1 is faster
  std::vector<double> to_ours;  // the same, to the first of ours
  double part_of_ours = 0;
  std::string refusal;
  bool wrong = false;
};

/// All that was measured on one workload, in the order of its contenders.
struct measurement {
  std::string workload;
  double bar = 0;
  double amount = 0;
  std::string unit;
  std::size_t best_peer = std::numeric_limits<std::size_t>::max();
  std::vector<samples> rows;

  /// Whether a peer ran, so that the ratios mean something.
  bool has_peer() const { return best_peer < rows.size(); }
};

/// Runs all contenders of a workload: each is checked first, then all are timed in turn, round after round.
measurement measure(listing const& what, effort const& how);

/// The middle of the values (of an empty list: not a number).
double median(std::vector<double> values);

}  // namespace tenon::bench
