#include <bench/harness.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>

namespace tenon::bench {

namespace {

double seconds_of(task const& call, long times) {
  auto const begin = std::chrono::steady_clock::now();
  for (long n = 0; n < times; ++n) { call(); }
  std::chrono::duration<double> const passed = std::chrono::steady_clock::now() - begin;
  return passed.count() / static_cast<double>(times);
}

// Prepares and checks one contender. A task comes back only if it gave the right answer.
task checked(entry const& who, problem& data, samples& row) {
  try {
    task call = who.prepare(data);
    if (!call) {
      row.refusal = "does not take part on this machine or at this size";
      return {};
    }
    data.reset();
    call();
    double const error = data.error();
    if (!(error <= 1.0)) {
      row.wrong = true;
      row.refusal = "wrong result: " + std::to_string(error) + " times the error that rounding allows";
      return {};
    }
    return call;
  } catch (std::exception const& failure) {
    row.refusal = failure.what();
    return {};
  }
}

std::vector<double> ratios(std::vector<double> const& of, std::vector<double> const& to) {
  std::vector<double> result;
  for (std::size_t round = 0; round < of.size() && round < to.size(); ++round) {
    result.push_back(to[round] / of[round]);
  }
  return result;
}

void add_ratios(measurement& all) {
  double best = std::numeric_limits<double>::infinity();
  samples const* ours = nullptr;
  for (std::size_t n = 0; n < all.rows.size(); ++n) {
    samples const& row = all.rows[n];
    if (row.seconds.empty()) { continue; }
    if (row.who == role::peer && median(row.seconds) < best) {
      best = median(row.seconds);
      all.best_peer = n;
    }
    if (row.who == role::ours && row.part_of_ours == 0 && ours == nullptr) { ours = &row; }
  }
  for (samples& row : all.rows) {
    if (all.has_peer()) { row.ratio = ratios(row.seconds, all.rows[all.best_peer].seconds); }
    if (ours != nullptr) { row.to_ours = ratios(row.seconds, ours->seconds); }
  }
}

}  // namespace

char const* word(role who) {
  switch (who) {
    case role::ours: return "ours";
    case role::peer: return "peer";
    case role::yardstick: return "yardstick";
    default: return "plain";
  }
}

std::vector<listing>& workloads() {
  static std::vector<listing> list;
  return list;
}

double median(std::vector<double> values) {
  if (values.empty()) { return std::numeric_limits<double>::quiet_NaN(); }
  std::sort(values.begin(), values.end());
  std::size_t const middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

measurement measure(listing const& what, effort const& how) {
  std::unique_ptr<problem> const data = what.make();
  measurement all;
  all.workload = what.name;
  all.bar = what.bar;
  all.amount = data->amount();
  all.unit = data->unit();

  std::vector<task> calls;
  std::vector<long> times;
  for (entry const& who : *what.contenders) {
    samples row;
    row.name = who.name;
    row.who = who.who;
    row.part_of_ours = who.part_of_ours;
    calls.push_back(checked(who, *data, row));
    all.rows.push_back(std::move(row));
    double const once = calls.back() ? std::min(seconds_of(calls.back(), 1), seconds_of(calls.back(), 1)) : 1.0;
    times.push_back(std::max(1L, std::lround(std::ceil(how.seconds_a_round / once))));
  }

  // The order turns by one each round, so that nobody always follows the same neighbour.
  std::size_t const count = calls.size();
  for (int round = 0; round < how.rounds; ++round) {
    for (std::size_t n = 0; n < count; ++n) {
      std::size_t const turn = (n + static_cast<std::size_t>(round)) % count;
      if (!calls[turn]) { continue; }
      if (times[turn] > 1) {
        calls[turn]();  // its own data and code come back into the caches
      }
      all.rows[turn].seconds.push_back(seconds_of(calls[turn], times[turn]));
    }
  }
  add_ratios(all);
  return all;
}

}  // namespace tenon::bench
