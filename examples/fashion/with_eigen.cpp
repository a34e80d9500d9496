#include "with_eigen.hpp"

#include <algorithm>
#include <utility>

namespace fashion {

namespace {

template <int Rows, int Columns>
using fixed = Eigen::Map<Eigen::Matrix<float, Rows, Columns, Eigen::RowMajor> const>;
template <int Columns>
using fixed_row = Eigen::Map<Eigen::Matrix<float, 1, Columns> const>;

// The maximum of each 2 x 2 pixels, the bias, the ReLU. Both commute with the maximum, so they come after it.
template <int Extent, int Channels>
void pool(float const* sums, std::vector<float> const& bias, float* out) {
  constexpr int half = Extent / 2;
  fixed_row<Channels> const add(bias.data());
  Eigen::Matrix<float, 1, Extent * Channels> higher;
  for (int p = 0; p < half; ++p, out += half * Channels) {
    fixed<2, Extent * Channels> const two(sums + p * 2 * Extent * Channels);
    higher = two.row(0).cwiseMax(two.row(1));
    fixed<half, 2 * Channels> const pairs(higher.data());
    Eigen::Map<Eigen::Matrix<float, half, Channels, Eigen::RowMajor>> pooled(out);
    pooled = (pairs.template leftCols<Channels>().cwiseMax(pairs.template rightCols<Channels>()).rowwise() + add)
                 .cwiseMax(0);
  }
}

// A convolution of 3 x 3 with bias and ReLU, and its pool, of some images.
template <int Extent, int In, int Out>
void convolution_pool(float const* images, std::int64_t count, std::vector<float> const& weight,
                      std::vector<float> const& bias, matrix& rows, matrix& sums, float* out) {
  constexpr int pixels = Extent * Extent;
  rows.resize(count * pixels, 9 * In);
  for (std::int64_t n = 0; n < count; ++n) patches(images + n * pixels * In, Extent, In, rows.row(n * pixels).data());
  sums.noalias() = rows * fixed<9 * In, Out>(weight.data());
  for (std::int64_t n = 0; n < count; ++n)
    pool<Extent, Out>(sums.row(n * pixels).data(), bias, out + n * pixels / 4 * Out);
}

}  // namespace

with_eigen::with_eigen(weights w) : w_(std::move(w)), small_(together * size * size / 4, first) {}

void with_eigen::classify(std::uint8_t const* images, std::int64_t count, std::int64_t* labels) {
  using bytes = Eigen::Map<Eigen::Matrix<std::uint8_t, 1, Eigen::Dynamic> const>;
  for (std::int64_t from = 0; from < count; from += at_once) {
    std::int64_t const some = std::min(at_once, count - from);
    smaller_.resize(some, flat);
    for (std::int64_t n = 0; n < some; n += together) {
      std::int64_t const few = std::min(together, some - n);
      pixels_ = bytes(images + (from + n) * size * size, few * size * size).cast<float>();
      convolution_pool<size, 1, first>(pixels_.data(), few, w_.convolution_1, w_.bias_1, rows_1_, sums_1_,
                                       small_.data());
      convolution_pool<size / 2, first, second>(small_.data(), few, w_.convolution_2, w_.bias_2, rows_2_, sums_2_,
                                                smaller_.row(n).data());
    }
    hidden_.noalias() = smaller_ * fixed<flat, hidden>(w_.dense_3.data());
    hidden_ = (hidden_.rowwise() + fixed_row<hidden>(w_.bias_3.data())).cwiseMax(0);
    likely_.noalias() = hidden_ * fixed<hidden, classes>(w_.dense_4.data());
    likely_.rowwise() += fixed_row<classes>(w_.bias_4.data());
    for (std::int64_t n = 0; n < some; ++n) {
      Eigen::Index label = 0;
      likely_.row(n).maxCoeff(&label);
      labels[from + n] = label;
    }
  }
}

}  // namespace fashion
