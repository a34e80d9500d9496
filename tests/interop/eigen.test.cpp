#include "support/both.hpp"

#if defined(TENON_TEST_EIGEN)
#include <tenon/interop/eigen.hpp>

#include <utility>

using namespace tenon;

namespace {

using row_major = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace

TEST_CASE("a matrix of Eigen is an argument with the strides that it has") {
  row_major rows(3, 4);
  argument const a = argument_of(rows);
  CHECK(a.data == rows.data());
  CHECK(a.type == element::f32);
  CHECK(a.rank == 2);
  CHECK(a.extents[0] == 3);
  CHECK(a.extents[1] == 4);
  CHECK(a.strides[0] == 4);
  CHECK(a.strides[1] == 1);
  CHECK_FALSE(a.read_only);
  CHECK_FALSE(a.flat);
  CHECK(argument_of(std::as_const(rows)).read_only);

  Eigen::MatrixXd columns(3, 4);
  CHECK(argument_of(columns).type == element::f64);
  CHECK(argument_of(columns).strides[0] == 1);
  CHECK(argument_of(columns).strides[1] == 3);
  CHECK(argument_of(columns.transpose()).strides[0] == 3);
  CHECK(argument_of(columns.transpose()).strides[1] == 1);
  CHECK(argument_of(columns.transpose()).extents[0] == 4);
}

TEST_CASE("blocks, maps, arrays and vectors of Eigen are arguments") {
  row_major rows(6, 8);
  argument const block = argument_of(rows.block(1, 2, 3, 4));
  CHECK(block.data == &rows(1, 2));
  CHECK(block.extents[1] == 4);
  CHECK(block.strides[0] == 8);

  float data[12]{};
  CHECK(argument_of(Eigen::Map<row_major>(data, 3, 4)).data == data);
  CHECK_FALSE(argument_of(Eigen::Map<row_major>(data, 3, 4)).read_only);
  CHECK(argument_of(Eigen::Map<row_major const>(data, 3, 4)).read_only);
  Eigen::Map<row_major> map(data, 3, 4);
  CHECK_FALSE(argument_of(map).read_only);
  Eigen::Ref<row_major> ref(rows);
  CHECK(argument_of(ref).data == rows.data());
  Eigen::Ref<row_major const> const seen(rows);
  CHECK(argument_of(seen).read_only);

  Eigen::VectorXf v(5);
  CHECK(argument_of(v).rank == 1);
  CHECK(argument_of(v).extents[0] == 5);
  CHECK(argument_of(v).flat);
  argument const column = argument_of(rows.col(3));
  CHECK(column.rank == 1);
  CHECK(column.strides[0] == 8);
  CHECK_FALSE(column.flat);

  Eigen::Array<std::int8_t, 2, 3, Eigen::RowMajor> small;
  CHECK(argument_of(small).type == element::i8);
  Eigen::Matrix<Eigen::half, 2, 2> halves;
  CHECK(argument_of(halves).type == element::f16);
  Eigen::Matrix<Eigen::bfloat16, 2, 2> shorts;
  CHECK(argument_of(shorts).type == element::bf16);
}
#else
TEST_CASE("eigen" * doctest::description("needs libeigen3-dev")) {}
#endif
