#include <tenon/target/cuda/emulator/tensor_core.hpp>

#include <cstring>

#include <tenon/target/cuda/instructions.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

template <class T, int N>
struct held {
  T at[N];
};

/// A product of numbers that tell which elements met: every lane brings what the instruction says that it holds.
template <class T>
bool sums_what_stands_in_row_and_column() {
  using mma = cuda::mma<T>;
  using of_a = held<T, mma::held[1]>;
  using of_b = held<T, mma::held[2]>;
  auto const left = [](int row, int k) { return static_cast<float>((row * 5 + k * 3) % 13 - 6); };
  auto const right = [](int k, int column) { return static_cast<float>((k * 7 + column * 4) % 11 - 5); };
  cuda::emulator::lane_registers all[32]{};
  for (int lane = 0; lane < 32; ++lane) {
    of_a a{};
    of_b b{};
    for (int i = 0; i < mma::held[1]; ++i) {
      lower::turns const t = mma::turns_of(1, lane / 4, lane % 4, i);
      a.at[i] = T(left(8 * t.at[2] + t.at[0], t.at[4]));
    }
    for (int i = 0; i < mma::held[2]; ++i) {
      lower::turns const t = mma::turns_of(2, lane / 4, lane % 4, i);
      b.at[i] = T(right(t.at[4], 2 * t.at[1] + t.at[3]));
    }
    std::memcpy(all[lane].bytes, &a, sizeof a);
    std::memcpy(all[lane].bytes + sizeof a, &b, sizeof b);
  }
  bool same = true;
  for (int lane = 0; lane < 32; ++lane) {
    held<float, 4> d{{1, 2, 3, 4}};
    cuda::emulator::multiply_m16n8<of_a, of_b>(d, all, lane);
    for (int i = 0; i < 4; ++i) {
      lower::turns const t = mma::turns_of(0, lane / 4, lane % 4, i);
      float expected = static_cast<float>(i + 1);
      for (int k = 0; k < mma::depth; ++k) expected += left(8 * t.at[2] + t.at[0], k) * right(k, 2 * t.at[1] + t.at[3]);
      same = same && d.at[i] == expected;
    }
  }
  return same;
}

TEST_CASE("tensor_core: lanes bring and get what the instruction's description says") {
  CHECK(sums_what_stands_in_row_and_column<bfloat16>());
  CHECK(sums_what_stands_in_row_and_column<half>());
}

}  // namespace
