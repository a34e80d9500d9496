#pragma once

#include <bench/harness.hpp>
#include <bench/limits.hpp>

#include <iosfwd>

namespace tenon::bench {

/// Prints what the machine can do, the yardstick for all that follows.
void print_limits(std::ostream& out, limits const& machine);

/// Prints one workload as a table, the fastest first, with ratios to the best peer of the same rounds.
void print_table(std::ostream& out, measurement const& all, limits const& machine);

/// Prints, for each contender of ours, the ratio it reached and the bar it stands before.
void print_summary(std::ostream& out, std::vector<measurement> const& all);

}  // namespace tenon::bench
