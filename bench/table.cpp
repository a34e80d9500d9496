#include <bench/table.hpp>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <ostream>
#include <string>

namespace tenon::bench {

namespace {

[[gnu::format(printf, 1, 2)]] std::string format(char const* pattern, ...) {
  char line[256];
  va_list arguments;
  va_start(arguments, pattern);
  std::vsnprintf(line, sizeof line, pattern, arguments);
  va_end(arguments);
  return line;
}

double least(std::vector<double> const& values) { return *std::min_element(values.begin(), values.end()); }
double greatest(std::vector<double> const& values) { return *std::max_element(values.begin(), values.end()); }

std::string measured_row(measurement const& all, samples const& row, limits const& machine) {
  double const middle = median(row.seconds);
  double const rate = all.amount / middle / 1e9;
  std::string line = format("| %-42s | %-9s | %9.3f | %8.3f .. %8.3f | %4.0f %% | %7.1f |", row.name.c_str(),
                            word(row.who), middle * 1e3, least(row.seconds) * 1e3, greatest(row.seconds) * 1e3,
                            100 * (greatest(row.seconds) - least(row.seconds)) / middle, rate);
  if (all.unit == "GFLOP/s") { line += format(" %4.0f %% |", 100 * rate / machine.fma_gflops); }
  if (all.has_peer()) {
    line += format(" %6.3f (%.3f .. %.3f) |", median(row.ratio), least(row.ratio), greatest(row.ratio));
  }
  return line;
}

}  // namespace

void print_limits(std::ostream& out, limits const& machine) {
  out << format("one core: %.1f GFLOP/s multiply-add in registers; %.1f GB/s memory copy", machine.fma_gflops,
                machine.copy_gbytes);
  if (machine.stream_gbytes > 0) { out << format(", %.1f GB/s with streaming stores", machine.stream_gbytes); }
  out << "\n" << std::flush;
}

void print_table(std::ostream& out, measurement const& all, limits const& machine) {
  out << "\n" << all.workload;
  if (all.has_peer()) {
    out << format(": best peer %s", all.rows[all.best_peer].name.c_str());
  } else {
    out << ": no peer ran, so there are no ratios";
  }
  out << "\n\n"
      << format("| %-42s | %-9s | %9s | %20s | %6s | %7s |", "contender", "", "median ms", "least .. most", "spread",
                all.unit.c_str());
  out << (all.unit == "GFLOP/s" ? " of peak |" : "") << (all.has_peer() ? " ratio (least .. most) |" : "") << "\n"
      << "| --- | --- | ---: | ---: | ---: | ---: |" << (all.unit == "GFLOP/s" ? " ---: |" : "")
      << (all.has_peer() ? " ---: |" : "") << "\n";

  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < all.rows.size(); ++n) {
    if (!all.rows[n].seconds.empty()) { order.push_back(n); }
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return median(all.rows[a].seconds) < median(all.rows[b].seconds); });
  for (std::size_t const n : order) { out << measured_row(all, all.rows[n], machine) << "\n"; }
  for (samples const& row : all.rows) {
    if (row.seconds.empty()) { out << row.name << ": " << row.refusal << "\n"; }
  }
  out << std::flush;
}

void print_summary(std::ostream& out, std::vector<measurement> const& all) {
  bool titled = false;
  for (measurement const& one : all) {
    for (samples const& row : one.rows) {
      bool const beside_ours = row.part_of_ours > 0;
      std::vector<double> const& ratio = beside_ours ? row.to_ours : row.ratio;
      if (row.who != role::ours || ratio.empty()) { continue; }
      if (!titled) {
        out << "\nours in the same run\n\n| workload | contender | ratio | to | bar | |\n"
            << "| --- | --- | ---: | --- | ---: | --- |\n";
        titled = true;
      }
      double const bar = beside_ours ? row.part_of_ours : one.bar;
      out << format("| %s | %s | %.3f | %s | %.2f | %s |\n", one.workload.c_str(), row.name.c_str(), median(ratio),
                    beside_ours ? "our best" : one.rows[one.best_peer].name.c_str(), bar,
                    median(ratio) >= bar ? "reached" : "below");
    }
  }
}

}  // namespace tenon::bench
