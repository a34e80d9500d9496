#include <tenon/target/cuda/execute/value.hpp>

#include "support/both.hpp"
#include "support/emulated.hpp"

namespace {

using namespace tenon;

constexpr int halved_or_more(int v) { return v > 1 ? v / 2 : 3 * v + 1; }

/// Values of every kind, of several neighbours at once.
template <int Length>
struct values {
  axis<"i", Length> i;
  tensor<"a", std::int32_t, Length> a;
  tensor<"b", std::int32_t, Length> b;
  tensor<"x", float, Length> x;
  tensor<"whole", std::int32_t, Length> whole;
  tensor<"real", float, Length> real;
  tensor<"flag", bool, Length> flag;

  constexpr auto define() const {
    return stages(
        whole(i) = select(a(i) < b(i) && !(a(i) == 2), call<&halved_or_more>(a(i)), min(a(i), b(i)) - abs(b(i))),
        real(i) = floor(x(i) * 0.5F) + cast<float>(a(i) % 3) - cast<float>(i), flag(i) = x(i) > 0.0F || a(i) != b(i));
  }
  constexpr auto schedule(cuda_target) const { return steps(arranged(whole), arranged(real), arranged(flag)); }

 private:
  constexpr auto arranged(tensor_name const& stage) const {
    return steps(split(stage[i], 4, tail::guard), bind(stage[i.outer], thread_x), vectorize(stage[i.inner]));
  }
};

TEST_CASE("value: of one iteration and of several") {
  CHECK(emulated::disagreement<values<16>>() == "");
  CHECK(emulated::disagreement<values<19>>(3) == "");
}

}  // namespace
