#include <tenon/target/cuda/layout.hpp>

#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

using gemm = sgemm_relu<64, 64, 32>;

template <class Op>
constexpr cuda::layout::place at(label const& name) {
  ir::program const& p = cuda::lowered<Op>;
  for (std::size_t b = 1; b < p.buffers.size(); ++b) {
    if (p.buffers[b].name == name) return cuda::layout_of(p).at[b];
  }
  return {};
}

constexpr bool gives_each_thread_its_part() {
  return at<gemm>("y.sum").kind == cuda::storage::thread && at<gemm>("y.sum").count == 16 &&
         at<gemm>("y.sum").held == 16;
}
constexpr bool closes_up_what_others_own() {
  // 70 columns in 3 strips of 32 threads: three elements of a thread, one behind the other.
  return at<softmax<5, 70>>("grown").count == 3;
}
constexpr bool puts_shared_buffers_behind_each_other() {
  return at<gemm>("x.cache").offset == 0 && at<gemm>("w.cache").offset == 4096 &&
         cuda::plan<gemm>::where.shared_bytes == 8192;
}

/// How many bytes an access to a buffer of that name takes at a time.
template <class Op>
constexpr std::int64_t at_once(label const& name) {
  using k = cuda::plan<Op>;
  std::int64_t most = 0;
  for (std::size_t a = 1; a < k::program.accesses.size(); ++a) {
    auto const id = static_cast<ir::access_id>(a);
    if (k::program[k::program[id].of].name != name) continue;
    for (std::size_t x = 1; x < k::program.axes.size(); ++x) {
      if ((k::where.access_varies[a] & k::where.vector_of[x]) == 0) continue;
      std::int64_t const bytes = cuda::bytes_at_once(k::program, k::where, id, static_cast<ir::axis_id>(x));
      if (bytes > most) most = bytes;
    }
  }
  return most;
}
constexpr bool takes_sixteen_bytes_where_rows_allow_it() {
  return at_once<scaled_gelu<8, 132>>("x") == 16 && at_once<scaled_gelu<8, 130>>("x") == 8 &&
         at_once<scaled_gelu<8, 131>>("x") == 4 && at_once<scaled_gelu<8, 131>>("scale") == 16;
}

TEST_CASE("layout") {
  CHECK_BOTH(gives_each_thread_its_part());
  CHECK_BOTH(closes_up_what_others_own());
  CHECK_BOTH(puts_shared_buffers_behind_each_other());
  CHECK_BOTH(takes_sixteen_bytes_where_rows_allow_it());
}

}  // namespace
