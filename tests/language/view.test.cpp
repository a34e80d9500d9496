#include <tenon/language/view.hpp>

#include <string>

#include "support/both.hpp"

using namespace tenon;

constexpr bool a_slice_is_the_same_memory() {
  int x[12]{};
  for (int at = 0; at < 12; ++at) x[at] = at;
  view const m(x, {3, 4});
  view const part = m.slice(0, 1, 2).slice(1, 0, 2, 3);
  return part.extent(0) == 2 && part.extent(1) == 2 && part(0, 0) == 4 && part(0, 1) == 7 && part(1, 1) == 11 &&
         &part(1, 1) == &m(2, 3);
}
constexpr bool an_index_takes_a_dimension_away() {
  int x[24]{};
  x[1 * 12 + 2 * 4 + 3] = 5;
  view const m(x, {2, 3, 4});
  view const row = m.at(1, 2);
  return row.rank() == 2 && row.extents() == shape(2, 4) && row(1, 3) == 5 && m.at(0, 1).at(0, 2).at(0, 3)() == 5;
}
constexpr bool transposing_twice_changes_nothing() {
  int x[6]{0, 1, 2, 3, 4, 5};
  view const m(x, {2, 3});
  return m.transposed()(2, 1) == 5 && m.transposed().extents() == shape(3, 2) && !m.transposed().is_dense() &&
         m.transposed().transposed().strides() == m.strides() &&
         m.permuted({1, 0}).strides() == m.transposed().strides();
}
constexpr bool dense_elements_take_any_shape() {
  int x[6]{0, 1, 2, 3, 4, 5};
  return view(x, {2, 3}).reshaped({3, 2})(2, 0) == 4 && view(x, {6}).reshaped(shape(1, 6))(0, 5) == 5;
}
constexpr bool a_view_is_an_argument_with_its_strides() {
  int x[12]{};
  argument const a = view(x, {3, 2}, {4, 1}).to_argument();
  view<int const> const seen = view(x, {3, 2}, {4, 1});
  return a.rank == 2 && a.extents[1] == 2 && a.strides[0] == 4 && a.data == x && !a.read_only && !a.flat &&
         argument_of(seen).read_only;
}

namespace {

template <class Do>
std::string refusal_of(Do mistake) {
  try {
    mistake();
  } catch (argument_error const& error) {
    CHECK(error.kind() == fault_kind::outside);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("view") {
  CHECK_BOTH(a_slice_is_the_same_memory());
  CHECK_BOTH(an_index_takes_a_dimension_away());
  CHECK_BOTH(transposing_twice_changes_nothing());
  CHECK_BOTH(dense_elements_take_any_shape());
  CHECK_BOTH(a_view_is_an_argument_with_its_strides());
  CHECK(view<float>().elements() == 0);
}

TEST_CASE("a view refuses what it does not have") {
  int x[12]{};
  view const m(x, {3, 4});
  CHECK(refusal_of([&] { m.slice(1, 2, 3); }) == "slice(1, 2, 3, 1): dimension 1 has 4 elements");
  CHECK(refusal_of([&] { m.slice(1, 0, 3, 2); }) == "slice(1, 0, 3, 2): dimension 1 has 4 elements");
  CHECK(refusal_of([&] { m.slice(0, -1, 1); }) == "slice(0, -1, 1, 1): dimension 0 has 3 elements");
  CHECK(refusal_of([&] { m.slice(0, 0, 1, 0); }) == "slice(0, 0, 1, 0): dimension 0 has 3 elements");
  CHECK(refusal_of([&] { m.slice(2, 0, 1); }) == "slice: there is no dimension 2 of 2");
  CHECK(refusal_of([&] { m.at(0, 3); }) == "at(0, 3): dimension 0 has 3 elements");
  CHECK(refusal_of([&] { m.at(-1, 0); }) == "at: there is no dimension -1 of 2");
  CHECK(refusal_of([&] { m.permuted({0, 0}); }) == "permuted: an order of 2 dimensions names each once");
  CHECK(refusal_of([&] { m.permuted({0, 1, 2}); }) == "permuted: an order of 2 dimensions names each once");
  CHECK(refusal_of([&] { m.reshaped({5, 2}); }) == "reshaped: 3 x 4 are 12 elements, and 5 x 2 are 10");
  CHECK(refusal_of([&] { m.reshaped({-3, -4}); }) == "reshaped: extent 0 is -3");
  CHECK(refusal_of([&] { m.transposed().reshaped({12}); }) ==
        "reshaped: the elements of 4 x 3 do not lie side by side; copy them first");
  CHECK(refusal_of([&] { view(x, {3, 4}, {4}); }) == "view: 1 strides given for 2 extents");
  CHECK(refusal_of([&] { CHECK(m.slice(0, 3, 0).elements() == 0); }).empty());
}
