// flags: -O3 -march=x86-64-v4
#include <Eigen/Dense>

using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using row = Eigen::Matrix<float, 1, Eigen::Dynamic>;

void dense_relu(matrix const& x, matrix const& w, row const& b, matrix& y);

void dense_relu(matrix const& x, matrix const& w, row const& b, matrix& y) {
  y.noalias() = x * w;
  y = (y.rowwise() + b).cwiseMax(0.0f);
}
