#include <tenon/target/cuda/why_refused.hpp>

#include <string_view>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

template <class Op>
bool refused_with(std::string_view words) {
  std::string_view const why = cuda::refused<Op>;
  if (why.find(words) == std::string_view::npos) MESSAGE(why);
  return why.find(words) != std::string_view::npos;
}

struct for_a_cpu_alone {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;
  constexpr auto define() const { return y(i) = 2 * x(i); }
  constexpr auto schedule(cpu_target) const { return steps(vectorize(i)); }
};

/// Its temporary is put where a GPU has nothing.
struct kept_in_a_workspace {
  axis<"i", 64> i;
  axis<"j", 8> j;
  tensor<"x", float, 64, 8> x;
  temporary<"last", float, 64> last;
  tensor<"y", float, 64> y;
  constexpr auto define() const { return stages(last(i) = x(i, 0), y(i) = last(i)); }
  constexpr auto schedule(cuda_target) const {
    return steps(place(last, space::workspace), bind(last[i], thread_x), bind(y[i], thread_x));
  }
};

struct too_much_shared_memory {
  axis<"i", 16384> i;
  tensor<"x", float, 16384> x;
  temporary<"s", float, 16384> s;
  tensor<"y", float, 16384> y;
  constexpr auto define() const { return stages(s(i) = 2 * x(i), y(i) = s(16383 - i)); }
  constexpr auto schedule(cuda_target) const {
    return steps(split(s[i], 256), bind(s[i.inner], thread_x), split(y[i], 256), bind(y[i.inner], thread_x));
  }
};

/// One strip fits, two do not.
template <bool Ahead>
struct strips_ahead {
  axis<"i", 128> i;
  axis<"k", 192> k;
  tensor<"x", float, 192> x;
  tensor<"w", float, 192, 128> w;
  tensor<"y", float, 128> y;
  constexpr auto define() const { return y(i) = sum(k, x(k) * w(k, i)); }
  constexpr auto schedule(cuda_target) const {
    tenon::schedule plan = steps(split(k, 64), reorder(k.outer, i, k.inner), bind(i, thread_x),
                                 cache(w, k.outer, order(k.inner, i), space::shared), bind(cached(w)[i], thread_x));
    if (Ahead) plan += pipeline(k.outer, 2);
    return plan;
  }
};

TEST_CASE("why_refused: copies ahead need room too") {
  CHECK(cuda::refused<strips_ahead<false>>.empty());
  CHECK(refused_with<strips_ahead<true>>("a block needs 65536 bytes of shared memory, and has 49152; take smaller "
                                         "factors, or fewer stages of a pipeline"));
}

TEST_CASE("why_refused") {
  CHECK(cuda::refused<turned_around>.empty());
  CHECK(refused_with<for_a_cpu_alone>(
      "this operator: it says nothing about a GPU; write constexpr auto schedule(cuda_target)"));
  CHECK(
      refused_with<kept_in_a_workspace>("place(last, space::workspace): a GPU has no memory of ours called workspace"));
  CHECK(refused_with<too_much_shared_memory>("a block needs 65536 bytes of shared memory, and has 49152"));
}

}  // namespace
