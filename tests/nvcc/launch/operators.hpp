#pragma once

#include <cstdint>

#include <tenon/language.hpp>
#include <tenon/schedule.hpp>

#include "support/cuda_operators.hpp"

/// The operators whose launches are watched.
namespace launched {

using namespace tenon;

using product = cuda_operators::sgemm_relu<70, 132, 20>;

/// Sums of rows that are as long as the caller says, and as far apart.
struct row_sums {
  axis<"i", 100> i;
  axis<"k", run_time<"K">> k;
  strided<"x", float, 100, run_time<"K">> x;
  tensor<"y", float, 100> y;

  constexpr auto define() const { return y(i) = sum(k, x(i, k)); }
  constexpr auto schedule(cuda_target) const {
    return steps(split(i, 32, tail::guard), bind(i.outer, block_x), bind(i.inner, thread_x));
  }
};

void start_product(void* stream, float const* x, float const* w, float const* b, float* y, int columns);
void start_row_sums(float const* x, std::int64_t length, std::int64_t stride, float* y);
/// The same from another file.
void start_row_sums_too(float const* x, std::int64_t length, std::int64_t stride, float* y);

}  // namespace launched
