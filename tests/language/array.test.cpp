#include <tenon/language/array.hpp>

#include <cstdint>
#include <string>
#include <utility>

#include "support/both.hpp"

using namespace tenon;

namespace {

template <class Do>
std::string refusal_of(Do mistake) {
  try {
    mistake();
  } catch (argument_error const& error) { return error.what(); }
  return "";
}

}  // namespace

TEST_CASE("an array of a fixed shape") {
  array<float, 3, 4> x;
  CHECK(x.elements() == 12);
  CHECK(reinterpret_cast<std::uintptr_t>(x.data()) % 64 == 0);
  for (float each : x) CHECK(each == 0);
  x(1, 2) = 5;
  CHECK(x.data()[6] == 5);
  CHECK(x.view().at(0, 1)(2) == 5);

  array<int, 2, 3> const given{{1, 2, 3}, {4, 5, 6}};
  CHECK(given(1, 0) == 4);
  array<int, 3> const row{1, 2, 3};
  CHECK(row(2) == 3);
}

TEST_CASE("an array whose shape is known when the program runs") {
  int const rows = 3;
  std::size_t const columns = 4;
  array<float> x(rows, columns);
  CHECK(x.extents() == shape(3, 4));
  x(2, 3) = 1;
  CHECK(x.data()[11] == 1);
  CHECK(array<float>{{1, 2}, {3, 4}, {5, 6}}.extents() == shape(3, 2));
  CHECK(array<float>{3, 4}.extents() == shape(2));
  CHECK(array<float>(shape(2, 2)).elements() == 4);
  CHECK(array<float>().elements() == 0);
  CHECK(array<float>(0, 5).elements() == 0);
}

TEST_CASE("arrays are values") {
  array<float, 2, 2> const x{{1, 2}, {3, 4}};
  array<float, 2, 2> y = x;
  CHECK(y == x);
  y(0, 0) = 7;
  CHECK_FALSE(y == x);
  y = x;
  CHECK(y == x);
  array<float, 2, 2> const z = std::move(y);
  CHECK(z == x);
  CHECK(y.elements() == 0);  // NOLINT: what is left of it
  CHECK(argument_of(y).is_null());
  y = z;
  CHECK(y == x);

  array<float> a(2, 3);
  array<float> b(4);
  a.fill(2);
  b = a;
  CHECK(b == a);
  b = array<float>(1);
  CHECK(b.extents() == shape(1));
}

TEST_CASE("an array is an argument") {
  array<std::int8_t, 2, 3> x;
  argument const a = argument_of(x);
  CHECK(a.data == x.data());
  CHECK(a.type == element::i8);
  CHECK(a.rank == 2);
  CHECK(a.strides[0] == 3);
  CHECK_FALSE(a.read_only);
  CHECK_FALSE(a.flat);
  CHECK(argument_of(std::as_const(x)).read_only);
  array<uint4x2, 2, 4> const packed;
  CHECK(argument_of(packed).extents[1] == 8);
  CHECK(argument_of(packed).strides[0] == 8);
  view<std::int8_t const> const seen = x;
  CHECK(seen.extents() == x.extents());
}

TEST_CASE("an array refuses a shape that cannot be") {
  CHECK(refusal_of([] { array<float>(3, -4); }) == "array: extent 1 is -4");
  CHECK(refusal_of([] { array<float>{{1, 2}, {3}}; }) == "array: dimension 1 has 2 elements, and a list of 1 is given");
  CHECK(refusal_of([] { array<float, 2, 3> x{{1, 2, 3}}; }) ==
        "array: dimension 0 has 2 elements, and a list of 1 is given");
  CHECK(refusal_of([] { array<float>(std::int64_t{1} << 40, std::int64_t{1} << 40); }) ==
        "array: 1099511627776 x 1099511627776 elements are more than there can be");
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__has_feature)  // sanitizers end the program instead
  CHECK(refusal_of([] { array<double> x(1LL << 46, 64); }) ==
        "array: there is no memory for 70368744177664 x 64 elements of 8 bytes");
#endif
}
