#include <bench/environment.hpp>
#include <bench/harness.hpp>
#include <bench/limits.hpp>
#include <bench/table.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace bench = tenon::bench;

struct options {
  bench::effort how;
  bool limits_only = false;
  bool list_only = false;
  bool own_display = false;  // the user asked Google Benchmark for one of its displays
  std::vector<std::string> kept;
};

constexpr char const* help =
    "tenon_bench: our kernels and their peers, rounds alternated, as ratios to the best peer of the same run\n"
    "  --fma                 only measure what one core can do\n"
    "  --rounds=N            rounds for each contender (11)\n"
    "  --round_ms=N          least time of a round (30)\n"
    "  --benchmark_filter=R  workloads and contenders by regular expression, such as ^axpy\n"
    "  --benchmark_list_tests, --benchmark_out=FILE (tenon_bench.json beside the program) and the other flags of "
    "Google Benchmark\n";

options read_options(int count, char** words) {
  options read;
  bool has_out = false;
  read.kept.emplace_back(words[0]);
  for (int n = 1; n < count; ++n) {
    std::string_view const word = words[n];
    if (word == "--fma") {
      read.limits_only = true;
    } else if (word == "--help") {
      std::cout << help;
      std::exit(0);
    } else if (word.starts_with("--rounds=")) {
      read.how.rounds = std::max(1, std::atoi(words[n] + 9));
    } else if (word.starts_with("--round_ms=")) {
      read.how.seconds_a_round = std::max(1, std::atoi(words[n] + 11)) / 1e3;
    } else {
      has_out = has_out || word.starts_with("--benchmark_out=");
      read.own_display = read.own_display || word.starts_with("--benchmark_format=");
      read.list_only = read.list_only || word.starts_with("--benchmark_list_tests");
      read.own_display = read.own_display || read.list_only;
      read.kept.emplace_back(word);
    }
  }
  if (!has_out && !read.own_display) {
    read.kept.push_back("--benchmark_out=" +
                        (std::filesystem::path{words[0]}.parent_path() / "tenon_bench.json").string());
  }
  return read;
}

// Our tables are printed when a workload has been measured; nothing is left to show.
class silent : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(Context const&) override { return true; }
  void ReportRuns(std::vector<Run> const&) override {}
};

// A workload is measured when Google Benchmark asks for the first of its contenders, and once only.
class session {
 public:
  session(bench::effort how, bench::limits machine, bool tables) : how_{how}, machine_{machine}, tables_{tables} {}

  bench::measurement const& measured(bench::listing const& what) {
    auto const known = place_.find(what.name);
    if (known != place_.end()) { return all_[known->second]; }
    place_[what.name] = all_.size();
    all_.push_back(bench::measure(what, how_));
    if (tables_) { bench::print_table(std::cout, all_.back(), machine_); }
    return all_.back();
  }

  std::vector<bench::measurement> const& all() const { return all_; }

  bool any_wrong() const {
    for (bench::measurement const& one : all_) {
      for (bench::samples const& row : one.rows) {
        if (row.wrong) { return true; }
      }
    }
    return false;
  }

 private:
  bench::effort how_;
  bench::limits machine_;
  bool tables_;
  std::map<std::string, std::size_t> place_;
  std::vector<bench::measurement> all_;
};

// Each repetition that Google Benchmark asks for hands it the next round that was measured.
void register_all(session& now, int rounds) {
  for (bench::listing const& what : bench::workloads()) {
    for (std::size_t n = 0; n < what.contenders->size(); ++n) {
      std::string const name = what.name + "/" + (*what.contenders)[n].name;
      auto const hand_over = [&now, &what, n, round = std::size_t{0}](benchmark::State& state) mutable {
        bench::measurement const& all = now.measured(what);
        bench::samples const& row = all.rows[n];
        if (row.seconds.empty()) {
          state.SkipWithError(row.refusal.c_str());
          return;
        }
        std::size_t const this_round = round++ % row.seconds.size();
        for (auto _ : state) { state.SetIterationTime(row.seconds[this_round]); }
        state.SetLabel(bench::word(row.who));
        state.counters[all.unit] = all.amount / row.seconds[this_round] / 1e9;
        if (!row.ratio.empty()) { state.counters["ratio_to_best_peer"] = row.ratio[this_round]; }
        if (!row.to_ours.empty()) { state.counters["ratio_to_ours"] = row.to_ours[this_round]; }
      };
      benchmark::RegisterBenchmark(name.c_str(), hand_over)
          ->UseManualTime()
          ->Iterations(1)
          ->Repetitions(rounds)
          ->Unit(benchmark::kMillisecond)
          ->ComputeStatistics("least",
                              [](std::vector<double> const& v) { return *std::min_element(v.begin(), v.end()); })
          ->ComputeStatistics("most",
                              [](std::vector<double> const& v) { return *std::max_element(v.begin(), v.end()); });
    }
  }
}

}  // namespace

int main(int count, char** words) {
  bench::settle_environment(words);
  options read = read_options(count, words);
  bench::limits const machine = read.list_only ? bench::limits{} : bench::measure_limits();
  if (!read.own_display || read.limits_only) {
    bench::print_limits(std::cout, machine);
    std::cout << "OpenBLAS kernels: " << bench::openblas_kernels() << "; peers not built: " << TENON_BENCH_MISSING
              << "\n";
  }
  if (read.limits_only) { return 0; }

  std::vector<char*> kept;
  for (std::string& word : read.kept) { kept.push_back(word.data()); }
  int kept_count = static_cast<int>(kept.size());
  benchmark::Initialize(&kept_count, kept.data());
  if (benchmark::ReportUnrecognizedArguments(kept_count, kept.data())) { return 2; }
  benchmark::AddCustomContext("fma_gflops", std::to_string(machine.fma_gflops));
  benchmark::AddCustomContext("copy_gbytes", std::to_string(machine.copy_gbytes));
  benchmark::AddCustomContext("stream_gbytes", std::to_string(machine.stream_gbytes));
  benchmark::AddCustomContext("openblas_kernels", bench::openblas_kernels());
  benchmark::AddCustomContext("missing_peers", TENON_BENCH_MISSING);

  session now{read.how, machine, !read.own_display};
  register_all(now, read.how.rounds);
  if (read.own_display) {
    benchmark::RunSpecifiedBenchmarks();
  } else {
    silent nothing;
    benchmark::RunSpecifiedBenchmarks(&nothing);
    bench::print_summary(std::cout, now.all());
  }
  benchmark::Shutdown();
  return now.any_wrong() ? 1 : 0;
}
