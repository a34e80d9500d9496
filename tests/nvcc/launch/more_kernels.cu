#include <tenon/cuda.hpp>

#include "nvcc/launch/operators.hpp"

namespace launched {

void start_row_sums_too(float const* x, std::int64_t length, std::int64_t stride, float* y) {
  cuda::kernel<row_sums>{}(view(x, {100, length}, {stride, 1}), view(y, {100}));
}

}  // namespace launched
