#include <tenon/language/check_arguments.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/language/array.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

// y(M, 6) = alpha, x(M, 4), w(4, 6): M at most 64 and a multiple of 2; y and x may be strided.
signature product() {
  signature s{};
  s.parameters.push_back({});
  s.parameters.push_back({.name = "M", .bound = 64, .divisor = 2});
  s.arguments.push_back(
      {.name = "x", .type = element::f32, .rank = 2, .strided = true, .extents = {0, 4}, .parameters = {1}});
  s.arguments.push_back({.name = "w", .type = element::f32, .rank = 2, .extents = {4, 6}});
  s.arguments.push_back({.name = "alpha", .type = element::f32});
  s.arguments.push_back({.name = "y",
                         .type = element::f32,
                         .rank = 2,
                         .written = true,
                         .strided = true,
                         .extents = {0, 6},
                         .parameters = {1}});
  return s;
}

template <class... Arguments>
fault check(signature const& s, std::int64_t* values, Arguments&&... each) {
  argument given[]{argument_of(std::forward<Arguments>(each))...};
  return check_arguments(s, given, sizeof...(each), values);
}
template <class... Arguments>
std::string says(fault_kind kind, Arguments&&... each) {
  std::int64_t values[12]{};
  fault const f = check(product(), values, std::forward<Arguments>(each)...);
  CHECK(f.kind == kind);
  return std::string(std::string_view(f.sentence));
}
// Of one argument.
template <class Argument>
std::string says_of_one(expectation const& e, Argument&& x) {
  signature s{};
  s.arguments.push_back(e);
  std::int64_t values[1]{};
  return std::string(std::string_view(check(s, values, std::forward<Argument>(x)).sentence));
}

}  // namespace

TEST_CASE("arguments that fit tell the run-time extents") {
  array<float> x(10, 4);
  array<float, 4, 6> const w;
  array<float> y(10, 6);
  std::int64_t values[2]{};
  CHECK_FALSE(check(product(), values, x, w, 2.0F, y));
  CHECK(values[1] == 10);
  CHECK_FALSE(check(product(), values, view<float const>(x), w.view(), 2, y.view()));

  // Rows of wider matrices, and no rows at all.
  array<float> wide(10, 9);
  CHECK_FALSE(check(product(), values, wide.view().slice(1, 5, 4), w, 0.1, y));
  CHECK_FALSE(check(product(), values, wide.view().slice(1, 0, 4).slice(0, 0, 4, 3), w, 0.1, y.view().slice(0, 0, 4)));
  CHECK(values[1] == 4);
  CHECK_FALSE(check(product(), values, array<float>(0, 4), w, 1, array<float>(0, 6)));
  CHECK(values[1] == 0);
  CHECK_FALSE(check(product(), values, view<float>(nullptr, {0, 4}), w, 1, array<float>(0, 6)));
}

TEST_CASE("an argument may be longer than a run-time extent by a number") {
  signature s{};
  s.parameters.push_back({});
  s.parameters.push_back({.name = "M", .bound = 64, .divisor = 2});
  s.arguments.push_back({.name = "x", .type = element::f32, .rank = 1, .extents = {3}, .parameters = {1}});
  s.arguments.push_back({.name = "y", .type = element::f32, .rank = 2, .extents = {0, 3}, .parameters = {1, 0}});
  std::int64_t values[2]{};
  auto const sentence = [&](auto&&... each) {
    return std::string(std::string_view(check(s, values, std::forward<decltype(each)>(each)...).sentence));
  };
  CHECK(sentence(array<float>(11), array<float>(8, 3)) == "");
  CHECK(values[1] == 8);
  CHECK(sentence(array<float>(3), array<float>(0, 3)) == "");
  CHECK(sentence(std::vector<float>(11), std::vector<float>(24)) == "");
  CHECK(sentence(array<float>(11), array<float>(10, 3)) == "y: extent 0 (M) is 10, and extent 0 of x says M = 8");
  CHECK(sentence(array<float>(2), array<float>(0, 3)) == "x: extent 0 (M + 3) is 2, at least 3 expected");
  CHECK(sentence(array<float>(69), array<float>(66, 3)) == "x: extent 0 (M + 3) is 69, at most 67 expected");
  CHECK(sentence(array<float>(12), array<float>(9, 3)) == "x: extent 0 (M + 3) is 12, a multiple of 2 and 3 expected");
}

TEST_CASE("elements in a row are taken as the tensor") {
  std::vector<float> x(40);
  std::vector<float> const w(24);
  std::vector<float> y(60);
  std::int64_t values[2]{};
  argument given[]{argument_of(x), argument_of(w), argument_of(1.0F), argument_of(y)};
  CHECK_FALSE(check_arguments(product(), given, 4, values));
  CHECK(values[1] == 10);
  CHECK(given[0].rank == 2);
  CHECK(given[0].extents[0] == 10);
  CHECK(given[0].strides[0] == 4);
  CHECK(given[3].strides[0] == 6);
  std::vector<float> const one{3};
  CHECK_FALSE(check(product(), values, x, w, one, y));
  CHECK_FALSE(check(product(), values, x, w, one.data(), y));

  CHECK(says(fault_kind::extent, std::vector<float>(41), w, 1, y) == "x: 41 elements in a row given, M x 4 expected");
  CHECK(says(fault_kind::extent, x, std::vector<float>(25), 1, y) ==
        "w: 25 elements in a row given, 4 x 6 expected, which are 24");
  CHECK(says(fault_kind::extent, x, w, 1, std::vector<float>(54)) ==
        "y: 54 elements in a row given, M x 6 expected, which are 60");
  CHECK(says(fault_kind::extent, x, w, std::vector<float>(2), y) ==
        "alpha: 2 elements in a row given, one element expected");

  signature unknown{};
  unknown.parameters.push_back({});
  unknown.parameters.push_back({.name = "M"});
  unknown.parameters.push_back({.name = "N"});
  unknown.arguments.push_back({.name = "z", .type = element::f32, .rank = 2, .parameters = {1, 2}});
  std::int64_t two[3]{};
  CHECK(check(unknown, two, x).sentence ==
        "z: elements in a row given, and N is not known; say the shape: view(data, {...})");
}

TEST_CASE("what does not fit is named, with what was given and what was expected") {
  array<float> x(10, 4);
  array<float, 4, 6> w;
  array<float> y(10, 6);
  CHECK(says(fault_kind::extent, x, array<float, 4, 5>(), 1, y) == "w: extent 1 is 5, expected 6");
  CHECK(says(fault_kind::extent, x, w, 1, array<float>(8, 6)) == "y: extent 0 (M) is 8, and extent 0 of x says M = 10");
  CHECK(says(fault_kind::extent, array<float>(66, 4), w, 1, y) == "x: extent 0 (M) is 66, at most 64 expected");
  CHECK(says(fault_kind::extent, array<float>(9, 4), w, 1, y) == "x: extent 0 (M) is 9, a multiple of 2 expected");
  CHECK(says(fault_kind::extent, view<float>(x.data(), {-2, 4}), w, 1, y) == "x: extent 0 is -2");
  CHECK(says(fault_kind::rank, x, array<float, 4, 6, 1>(), 1, y) ==
        "w: 3 dimensions given (4 x 6 x 1), 2 expected (4 x 6)");
  CHECK(says(fault_kind::rank, x.view().at(0, 1), w, 1, y) == "x: 1 dimension given (4), 2 expected (M x 4)");
  CHECK(says(fault_kind::rank, x, w.data(), 1, y) ==
        "w: a bare pointer given, 4 x 6 expected; say its shape: view(pointer, {...})");
  CHECK(says(fault_kind::rank, 1.0F, w, 1, y) == "x: one number given, M x 4 expected");
  CHECK(says(fault_kind::type, array<double>(10, 4), w, 1, y) == "x: double elements given, float expected");
  CHECK(says(fault_kind::value, x, w, 16777217, y) == "alpha: a number of type int32 given that is no float exactly");
  CHECK(says(fault_kind::read_only, x, w, 1, std::as_const(y)) ==
        "y: const data given for an output; give elements that can be written");
  CHECK(says(fault_kind::null_data, x, view<float>(nullptr, {4, 6}), 1, y) ==
        "w: null data given, 4 x 6 float elements expected");
  CHECK(says(fault_kind::null_data, x, w, view<float>(nullptr, shape()), y) ==
        "alpha: null data given, one element of type float expected");
  CHECK(says(fault_kind::count, x, w, y) == "3 arguments given, 4 expected: x, w, alpha, y");
}

TEST_CASE("strides") {
  array<float> x(10, 4);
  array<float> big(10, 12);
  array<float, 4, 6> w;
  array<float> y(10, 6);
  CHECK(says(fault_kind::stride, x, big.view().slice(0, 0, 4).slice(1, 0, 6), 1, y) ==
        "w: stride 0 is 12, expected 6; copy it into an array, or declare w strided");
  CHECK(says(fault_kind::stride, x, view(w.data(), {4, 6}, {1, 4}), 1, y) ==
        "w: strides 1 and 4 given, which is column-major; row-major data expected");
  CHECK(says(fault_kind::stride, big.view().slice(1, 0, 4, 2), w, 1, y) ==
        "x: stride 1 is 2, expected 1: neighbours in the last dimension lie side by side; copy it into an array");
  CHECK(says(fault_kind::stride, x, w, 1, view(y.data(), {10, 6}, {5, 1})) ==
        "y: its strides put several elements in one place; an output has a place for each");
  // A stride that no element depends on may be any.
  std::int64_t values[1]{};
  signature s{};
  s.arguments.push_back({.name = "row", .type = element::f32, .rank = 2, .extents = {1, 6}});
  argument given[]{argument_of(view(y.data(), {1, 6}, {99, 1}))};
  CHECK_FALSE(check_arguments(s, given, 1, values));
  CHECK(given[0].strides[0] == 6);
}

TEST_CASE("memory that overlaps") {
  array<float> x(10, 4);
  array<float, 4, 6> w;
  array<float> y(10, 6);
  CHECK(says(fault_kind::none, view(y.data() + 36, {6, 4}), w, 1, y.view().slice(0, 0, 6)).empty());
  CHECK(says(fault_kind::overlap, view(y.data() + 8, {10, 4}), w, 1, y) ==
        "y: its memory overlaps that of x; an output has memory of its own");
  float& inside = y(3, 3);
  CHECK(says(fault_kind::overlap, x, w, inside, y) ==
        "y: its memory overlaps that of alpha; an output has memory of its own");
  // Beside each other in the rows of one matrix.
  array<float> both(10, 10);
  std::int64_t values[2]{};
  CHECK_FALSE(check(product(), values, both.view().slice(1, 0, 4), w, 1, both.view().slice(1, 4, 6)));

  signature s{};
  s.arguments.push_back({.name = "a", .type = element::f32, .rank = 1, .extents = {8}});
  s.arguments.push_back({.name = "b", .type = element::f32, .rank = 1, .written = true, .extents = {8}});
  std::vector<float> v(12);
  CHECK(check(s, values, view(v.data(), {8}), view(v.data(), {8})).kind == fault_kind::overlap);
  s.arguments[1].in_place = true;
  CHECK_FALSE(check(s, values, view(v.data(), {8}), view(v.data(), {8})));
  CHECK(check(s, values, view(v.data(), {8}), view(v.data() + 1, {8})).kind == fault_kind::overlap);
  s.arguments[0].written = true;
  CHECK(check(s, values, view(v.data(), {8}), view(v.data(), {8})).kind == fault_kind::overlap);
}

TEST_CASE("alignment") {
  alignas(64) unsigned char bytes[256]{};
  expectation e{.name = "x", .type = element::f32, .rank = 1, .extents = {8}};
  auto const at = [&](std::size_t offset) {
    argument a{};
    a.data = bytes + offset;
    a.type = element::f32;
    a.rank = 1;
    a.extents[0] = 8;
    a.strides[0] = 1;
    return a;
  };
  CHECK(says_of_one(e, at(4)).empty());
  CHECK(says_of_one(e, at(2)) == "x: its address is 2 past a multiple of 4; float data aligned to 4 bytes expected");
  e.alignment = 64;
  CHECK(says_of_one(e, at(64)).empty());
  CHECK(says_of_one(e, at(4)) == "x: its address is 4 past a multiple of 64; float data aligned to 64 bytes expected");
  expectation const rows{
      .name = "x", .type = element::f32, .rank = 2, .strided = true, .alignment = 64, .extents = {2, 8}};
  auto* const floats = reinterpret_cast<float*>(bytes);
  CHECK(says_of_one(rows, view(floats, {2, 8}, {16, 1})).empty());
  CHECK(says_of_one(rows, view(floats, {2, 8}, {24, 1})) ==
        "x: stride 0 is 24 elements; rows aligned to 64 bytes expected");
}

TEST_CASE("extents that cannot be do no harm") {
  std::int64_t const huge = std::int64_t{1} << 62;
  float x = 0;
  signature s{};
  s.parameters.push_back({});
  s.parameters.push_back({.name = "M"});
  s.parameters.push_back({.name = "N"});
  s.arguments.push_back({.name = "a", .type = element::f32, .rank = 2, .parameters = {1, 2}});
  s.arguments.push_back(
      {.name = "b", .type = element::f32, .rank = 2, .written = true, .strided = true, .parameters = {1, 2}});
  std::int64_t values[3]{};
  CHECK(check(s, values, view(&x, {huge, huge}), view(&x, {huge, huge})).kind == fault_kind::stride);
  argument a = argument_of(view(&x, {huge, huge}, {INT64_MIN, 1}));
  CHECK(language::overlaps_itself(a));
}
