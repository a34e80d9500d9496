#pragma once

#include "support/cuda_operators.hpp"

/// The operators whose machine code is looked at, at shapes that let them take 16 bytes at a time.
namespace looked_at {

using elementwise = cuda_operators::scaled_gelu<1024, 4096>;
using row_softmax = cuda_operators::softmax<256, 1000>;
using product = cuda_operators::sgemm_relu<1024, 1024, 512>;

using tensor_product = cuda_operators::gemm_bf16<1024, 1024, 512>;
using tensor_product_across = cuda_operators::mma_gemm<1024, 1024, 512, true, tenon::half, float>;
using product_ahead = cuda_operators::sgemm_relu<1024, 1024, 512, 3>;

}  // namespace looked_at
