#include <tenon/target/cpu/report.hpp>

#include "support/both.hpp"
#include "support/kernels.hpp"

namespace {

using namespace tenon;

template <auto N>
struct axpy {
  axis<"i", N> i;
  tensor<"a", float> a;
  tensor<"x", float, N> x;
  tensor<"y", float, N> y;
  constexpr auto define() const { return y(i) = a() * x(i) + y(i); }
  constexpr auto schedule(cpu_target) const { return steps(split(i, 16, tail::peel), vectorize(i.inner)); }
};

constexpr bool counts_operations() { return cpu::kernel<axpy<100>>::figures().flops == 200; }

TEST_CASE("report: an operator that updates what it is given") {
  CHECK_BOTH(counts_operations());
  CHECK(kernels::disagreement<axpy<100>>() == "");
  CHECK(kernels::disagreement<axpy<run_time<"N">>>({37}) == "");
}

TEST_CASE("report: text and a page") {
  CHECK(cpu::steps_of<axpy<100>>().find("split(i, 16, tail::peel)") != std::string::npos);
  CHECK(cpu::kernel<axpy<100>>::cost().find("operations") != std::string::npos);
  std::string const page = cpu::html_of<axpy<100>>("axpy");
  CHECK(page.find("<html") != std::string::npos);
  CHECK(page.find("vectorize(i.inner)") != std::string::npos);
}

}  // namespace
