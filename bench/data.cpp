#include <bench/data.hpp>

#include <cmath>
#include <limits>

namespace tenon::bench {

double distance(floats const& got, std::vector<float> const& expected, double allowed) {
  double worst = 0;
  for (std::size_t n = 0; n < expected.size(); ++n) {
    double const wanted = expected[n];
    double const off = std::abs(got[n] - wanted) / (allowed * (1 + std::abs(wanted)));
    if (!(off <= worst)) { worst = std::isnan(off) ? std::numeric_limits<double>::infinity() : off; }
  }
  return worst;
}

}  // namespace tenon::bench
