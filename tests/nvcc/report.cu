#include <tenon/cuda.hpp>
#include <tenon/target/cuda/report.hpp>

namespace {

using namespace tenon;

struct doubled {
  axis<"i", 1000> i;
  tensor<"x", float, 1000> x;
  tensor<"y", float, 1000> y;
  constexpr auto define() const { return y(i) = 2 * x(i); }
  constexpr auto schedule(cuda_target) const {
    return steps(split(i, 128, tail::guard), bind(i.outer, block_x), bind(i.inner, thread_x));
  }
};

// In all readings of the file.
static_assert(cuda::kernel<doubled>::figures().threads.block_count() == 8);
static_assert(cuda::kernel<doubled>::program().arguments == 2);

}  // namespace

void start(float const* x, float* y);
void start(float const* x, float* y) { cuda::kernel<doubled>{}(view(x, {1000}), view(y, {1000})); }
