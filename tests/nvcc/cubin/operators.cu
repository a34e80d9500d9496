#include <tenon/cuda.hpp>
#include <tenon/target/cuda/device.hpp>
#include <tenon/target/cuda/launch.hpp>

#include "nvcc/cubin/operators.hpp"

using namespace tenon;

void launch_all(float const* a, float const* b, float const* c, float* y, bfloat16 const* bf, bfloat16* by,
                half const* hf) {
  cuda::kernel<looked_at::elementwise>{}(view(a, {1024, 4096}), view(b, {4096}), view(c, {1024}), view(y, {1024, 4096}));
  cuda::kernel<looked_at::row_softmax>{}(view(a, {256, 1000}), view(y, {256, 1000}));
  cuda::kernel<looked_at::product>{}(view(a, {1024, 512}), view(b, {512, 1024}), view(c, {1024}), view(y, {1024, 1024}));
  cuda::kernel<looked_at::product_ahead>{}(view(a, {1024, 512}), view(b, {512, 1024}), view(c, {1024}),
                                           view(y, {1024, 1024}));
  cuda::kernel<looked_at::tensor_product>{}(view(bf, {1024, 512}), view(bf, {1024, 512}), view(c, {1024}),
                                            view(by, {1024, 1024}));
  cuda::kernel<looked_at::tensor_product_across>{}(view(hf, {1024, 512}), view(hf, {512, 1024}), view(c, {1024}),
                                                   view(y, {1024, 1024}));
}
