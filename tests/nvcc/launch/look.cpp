// Watches what kernels are started with, over a runtime that has no GPU.
#include <cstdint>
#include <iostream>
#include <string>

#include <tenon/cuda.hpp>
#include <tenon/target/cuda/launch_data.hpp>

#include "nvcc/launch/operators.hpp"
#include "nvcc/launch/runtime.hpp"

namespace {

using namespace tenon;

int wrong = 0;

void expect(bool holds, char const* sentence) {
  if (holds) return;
  std::cout << "wrong: " << sentence << "\n";
  ++wrong;
}

/// What such a call throws, or nothing.
template <class Call>
std::string said_by(Call call) {
  try {
    call();
  } catch (std::exception const& e) { return e.what(); }
  return {};
}

template <class Op>
using data_of = cuda::launch_data_of<cuda::plan<Op>>;

template <class Op>
void expect_launch(pretended::launch const& seen, void* stream) {
  constexpr cuda::grid wanted = cuda::kernel<Op>::figures().threads;
  auto const equal = [](dim3 a, std::int64_t const(&b)[3]) { return a.x == b[0] && a.y == b[1] && a.z == b[2]; };
  std::cout << seen.kernel.substr(0, 60) << "...: " << seen.blocks.x << " x " << seen.blocks.y << " blocks of "
            << seen.threads.x << " x " << seen.threads.y << " threads\n";
  expect(equal(seen.blocks, wanted.blocks), "another number of blocks");
  expect(equal(seen.threads, wanted.threads), "another number of threads");
  expect(seen.stream == stream, "another stream");
  expect(seen.shared == 0, "shared memory that the kernel declares itself is asked for again");
}

alignas(16) float numbers[16384];

}  // namespace

int main() {
  using launched::product;
  using launched::row_sums;
  pretended::runtime& cuda = pretended::now();
  float const* const x = numbers;
  float const* const w = numbers + 2048;
  float const* const b = numbers + 4800;
  float* const y = numbers + 5120;
  int other = 0;
  auto const start = [&](float const* from, int columns = 132) {
    launched::start_product(&other, from, w, b, y, columns);
  };

  // A GPU that cannot be asked is asked again.
  cuda.at_fetch = cudaErrorInvalidDevice;
  expect(said_by([&] { start(x); }) == "no such GPU", "what CUDA says is not told");
  expect(cuda.streams == 0 && cuda.mode == cudaStreamCaptureModeGlobal, "a failed question leaves something behind");
  expect(cuda.launches.empty(), "a kernel is started of which nothing is known");

  cuda.given_bytes = sizeof(data_of<product>);
  start(x);
  start(x);
  expect(cuda.launches.size() == 2, "a kernel is not started once a call");
  expect(cuda.fetched == 1, "the GPU is asked at every call");
  expect(!cuda.forbidden, "asking the GPU would end a capture");
  expect(cuda.streams == 0 && cuda.mode == cudaStreamCaptureModeGlobal, "asking the GPU leaves something behind");
  for (pretended::launch const& seen : cuda.launches) {
    expect_launch<product>(seen, &other);
    auto const data = pretended::read<data_of<product>>(reinterpret_cast<char const*>(seen.given.data()), 0);
    expect(data.data[1] == x && data.data[2] == w && data.data[3] == b && data.data[4] == y, "other arguments");
  }

  // Nothing is started with arguments that do not fit; that some have to be aligned is a matter of the schedule.
  expect(said_by([&] { start(x, 131); }).find("expected 132") != std::string::npos, "an extent is not checked");
  expect(said_by([&] { launched::start_product(nullptr, x, w + 1, b, y, 132); }).find("aligned to 16 bytes") !=
             std::string::npos,
         "an alignment is not checked");
  expect(cuda.launches.size() == 2, "a kernel is started with arguments that do not fit");
  cuda.at_launch = cudaErrorInvalidDevice;
  expect(said_by([&] { start(x); }) == "no such GPU", "a launch that fails is not told");

  // By name, on the stream of whoever names none, with extents and strides that the call says.
  cuda.given_bytes = sizeof(data_of<row_sums>);
  for (auto const start_sums : {launched::start_row_sums, launched::start_row_sums_too}) {
    start_sums(x, 5, 7, y);
    pretended::launch const& seen = cuda.launches.back();
    expect_launch<row_sums>(seen, nullptr);
    auto const data = pretended::read<data_of<row_sums>>(reinterpret_cast<char const*>(seen.given.data()), 0);
    expect(data.data[1] == x && data.data[2] == y, "other arguments by name");
    expect(data.strides[1][0] == 7 && data.strides[1][1] == 1 && data.parameters[1] == 5, "another length or stride");
  }
  expect(cuda.launches.size() == 4 && cuda.fetched == 2, "kernels are not told apart, or files are");
  return wrong == 0 ? 0 : 1;
}
