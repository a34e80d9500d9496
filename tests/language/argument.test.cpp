#include <tenon/language/argument.hpp>

#include <array>
#include <span>
#include <string>
#include <vector>

#include "support/both.hpp"

using namespace tenon;

namespace mine {

struct image {
  unsigned char pixels[6]{};
};
struct image_of_another {
  float const* first = nullptr;
  constexpr argument to_argument() const { return argument_at(first); }
};

}  // namespace mine

template <>
struct tenon::as_argument<mine::image> {
  static constexpr argument of(mine::image const& i) {
    argument made = argument_at(i.pixels);
    made.rank = 2;
    made.extents[0] = 2;
    made.extents[1] = 3;
    made.make_dense();
    return made;
  }
};

constexpr bool arrays_of_c_tell_their_shape() {
  float x[3][4]{};
  argument const a = argument_of(x);
  return a.data == x && a.type == element::f32 && a.rank == 2 && a.extents[0] == 3 && a.extents[1] == 4 &&
         a.strides[0] == 4 && a.strides[1] == 1 && !a.read_only && !a.flat;
}
constexpr bool constants_are_read_only() {
  int const x[2]{};
  std::array<float, 2> const y{};
  return argument_of(x).read_only && argument_of(y).read_only;
}
constexpr bool a_number_travels_by_value() {
  argument const a = argument_of(2.5F);
  return a.data == nullptr && a.number && a.rank == 0 && a.read_only && a.value[3] == 0x40 && !a.is_null();
}
constexpr bool a_variable_can_be_written() {
  double x = 0;
  double const y = 0;
  return argument_of(x).data == &x && !argument_of(x).read_only && argument_of(y).data == nullptr;
}
constexpr bool pairs_of_four_bits_count_as_two() {
  int4x2 const x[2][3]{};
  argument const a = argument_of(x);
  return a.type == element::i4 && a.extents[1] == 6 && a.strides[0] == 6;
}
constexpr bool types_of_others_come_through_their_own_words() {
  mine::image const i{};
  return argument_of(i).extents[1] == 3 && argument_of(i).read_only && argument_of(mine::image_of_another{}).is_null();
}

TEST_CASE("argument") {
  CHECK_BOTH(arrays_of_c_tell_their_shape());
  CHECK_BOTH(constants_are_read_only());
  CHECK_BOTH(a_number_travels_by_value());
  CHECK_BOTH(a_variable_can_be_written());
  CHECK_BOTH(pairs_of_four_bits_count_as_two());
  CHECK_BOTH(types_of_others_come_through_their_own_words());
}

TEST_CASE("containers of the standard library are arguments") {
  std::vector<float> v(12);
  argument const of_vector = argument_of(v);
  CHECK(of_vector.data == v.data());
  CHECK(of_vector.flat);
  CHECK(of_vector.extents[0] == 12);
  CHECK_FALSE(of_vector.read_only);
  CHECK(argument_of(std::as_const(v)).read_only);
  CHECK(argument_of(std::span(v)).data == v.data());
  CHECK_FALSE(argument_of(std::span(v)).read_only);
  CHECK(argument_of(std::span<float const>(v)).read_only);
  CHECK(argument_of(std::vector<float>()).is_null());

  std::array<std::array<std::int8_t, 5>, 2> nested{};
  CHECK(argument_of(nested).rank == 2);
  CHECK(argument_of(nested).extents[1] == 5);
  CHECK_FALSE(argument_of(nested).flat);
  std::vector<std::array<float, 3>> points;
  CHECK(argument_of(points).rank == 2);
  CHECK(argument_of(points).extents[0] == 0);
  points.resize(7);
  CHECK(argument_of(points).strides[0] == 3);
}

TEST_CASE("a bare pointer is one element") {
  float x = 1;
  CHECK(argument_of(&x).pointer);
  CHECK(argument_of(&x).rank == 0);
  float const* none = nullptr;
  CHECK(argument_of(none).is_null());
  CHECK(argument_of(none).read_only);
}
