#include <tenon/support/math.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <limits>
#include <support/both.hpp>

namespace {

using tenon::accuracy;
namespace math = tenon::math;

template <class V>
constexpr bool near(V got, V wanted) {
  V const off = got < wanted ? wanted - got : got - wanted;
  return off <= (wanted < 0 ? -wanted : wanted) * 4 * std::numeric_limits<V>::epsilon();
}

template <class V>
constexpr bool values_are_right() {
  return near(math::exp(V(1)), V(2.718281828459045235L)) && near(math::exp2(V(0.5)), V(1.414213562373095049L)) &&
         near(math::log(V(10)), V(2.302585092994045684L)) && near(math::log2(V(3)), V(1.584962500721156181L)) &&
         near(math::tanh(V(0.5)), V(0.462117157260009758L)) && near(math::tanh(V(2)), V(0.964027580075816884L)) &&
         near(math::sigmoid(V(-1)), V(0.268941421369995121L)) && near(math::erf(V(0.5)), V(0.520499877813046538L)) &&
         near(math::erf(V(1.5)), V(0.966105146475310727L)) && near(math::sin(V(1)), V(0.841470984807896507L)) &&
         near(math::cos(V(1)), V(0.540302305868139717L)) && near(math::pow(V(3), V(2.5)), V(15.58845726811989564L)) &&
         near(math::rsqrt(V(2)), V(0.707106781186547524L)) && math::sqrt(V(144)) == V(12);
}

// A result that is infinite or not a number must not stop constant evaluation.
template <class V>
constexpr bool ends_are_right() {
  V const inf = std::numeric_limits<V>::infinity();
  V const nan = std::numeric_limits<V>::quiet_NaN();
  return math::exp(V(1e6)) == inf && math::exp(-inf) == V(0) && math::exp(nan) != math::exp(nan) &&
         math::exp2(V(5000)) == inf && math::log(V(0)) == -inf && math::log(V(-1)) != math::log(V(-1)) &&
         math::log2(inf) == inf && math::tanh(-inf) == V(-1) && math::sigmoid(-inf) >= V(0) &&
         math::sigmoid(inf) == V(1) && math::erf(inf) == V(1) && math::sin(inf) != math::sin(inf) &&
         math::pow(V(10), V(1e6)) == inf && math::pow(V(10), V(-1e6)) == V(0) && math::pow(V(-2), V(3)) == V(-8) &&
         math::pow(V(-2), V(0.5)) != math::pow(V(-2), V(0.5)) && math::pow(V(0), V(0)) == V(1) &&
         math::sqrt(V(-1)) != math::sqrt(V(-1)) && math::rsqrt(V(0)) == inf;
}

}  // namespace

TEST_CASE("math") {
  CHECK_BOTH(values_are_right<float>());
  CHECK_BOTH(values_are_right<double>());
  CHECK_BOTH(ends_are_right<float>());
  CHECK_BOTH(ends_are_right<double>());
}

TEST_CASE("math: the digits of a large angle") {
  for (double x = 1e5; x < 1e300; x *= 1.7e3) {
    CAPTURE(x);
    CHECK(math::sin(x) == doctest::Approx(std::sin(x)).epsilon(1e-15));
    CHECK(math::cos(-x) == doctest::Approx(std::cos(x)).epsilon(1e-15));
  }
}

TEST_CASE("math: roots are correctly rounded") {
  for (double x = 5e-324; x < 1e308; x *= 1.61) {
    CHECK(math::sqrt(x) == std::sqrt(x));
    float const f = static_cast<float>(x);
    if (f > 0 && f < std::numeric_limits<float>::infinity()) { CHECK(math::sqrt(f) == std::sqrt(f)); }
  }
}

TEST_CASE("math: powers as the library gives them") {
  for (double x : {-1001.0, -2.0, -0.5, 0.0, 0.5, 1.0, 3.0, 1e30}) {
    for (double y : {-1001.0, -3.0, -2.5, 0.0, 0.5, 2.0, 51.0, 1e30}) {
      CAPTURE(x);
      CAPTURE(y);
      double const wanted = std::pow(x, y);
      double const got = math::pow(x, y);
      CHECK((got == wanted || (got != got && wanted != wanted) || near(got, wanted)));
    }
  }
}
