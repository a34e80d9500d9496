#if __has_include(<dlpack/dlpack.h>)
#include <tenon/interop/dlpack.hpp>

#include <string>
#include <string_view>
#include <utility>

#include <tenon/language/check_arguments.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

struct tensor_of_dlpack {
  float data[24]{};
  std::int64_t shape[9]{3, 4};
  std::int64_t strides[9]{8, 1};
  DLTensor tensor{};

  tensor_of_dlpack() {
    tensor.data = data;
    tensor.device = {kDLCPU, 0};
    tensor.ndim = 2;
    tensor.dtype = {kDLFloat, 32, 1};
    tensor.shape = shape;
  }
  tensor_of_dlpack(tensor_of_dlpack const&) = delete;
};

template <class Tensor>
std::string says(Tensor&& x) {
  signature s{};
  s.arguments.push_back(
      {.name = "x", .type = element::f32, .rank = 2, .written = true, .strided = true, .extents = {3, 4}});
  argument given[]{argument_of(std::forward<Tensor>(x))};
  std::int64_t values[1]{};
  return std::string(std::string_view(check_arguments(s, given, 1, values).sentence));
}

}  // namespace

TEST_CASE("a tensor of DLPack is an argument") {
  tensor_of_dlpack x;
  argument const dense = argument_of(&x.tensor);
  CHECK(dense.data == x.data);
  CHECK(dense.type == element::f32);
  CHECK(dense.rank == 2);
  CHECK(dense.strides[0] == 4);
  CHECK_FALSE(dense.read_only);
  CHECK(argument_of(std::as_const(x.tensor)).read_only);
  x.tensor.strides = x.strides;
  x.tensor.byte_offset = 16;
  CHECK(argument_of(x.tensor).strides[0] == 8);
  CHECK(argument_of(x.tensor).data == x.data + 4);
  DLManagedTensor managed{};
  managed.dl_tensor = x.tensor;
  CHECK(argument_of(&managed).strides[0] == 8);
  CHECK_FALSE(argument_of(managed).read_only);
  CHECK(says(x.tensor).empty());
}

TEST_CASE("every element type of DLPack that is ours is known") {
  auto const is = [](int code, int bits, int lanes = 1) {
    return detail::element_of_dlpack(
        {static_cast<std::uint8_t>(code), static_cast<std::uint8_t>(bits), static_cast<std::uint16_t>(lanes)});
  };
  CHECK(is(kDLFloat, 16) == element::f16);
  CHECK(is(kDLFloat, 64) == element::f64);
  CHECK(is(kDLBfloat, 16) == element::bf16);
  CHECK(is(kDLInt, 4) == element::i4);
  CHECK(is(kDLInt, 64) == element::i64);
  CHECK(is(kDLUInt, 8) == element::u8);
  CHECK(is(6, 8) == element::boolean);
  CHECK(is(kDLFloat, 32, 4) == element::none);
  CHECK(is(kDLComplex, 64) == element::none);
  CHECK(is(kDLInt, 12) == element::none);
}

TEST_CASE("what a kernel cannot read of DLPack is refused") {
  tensor_of_dlpack x;
  DLTensor* none = nullptr;
  CHECK(says(none) == "x: a null DLTensor given");
  CHECK(says(static_cast<DLManagedTensor*>(nullptr)) == "x: a null DLTensor given");
  CHECK(says(std::as_const(x.tensor)) == "x: const data given for an output; give elements that can be written");
  x.tensor.device.device_type = kDLCUDA;
  CHECK(says(x.tensor) ==
        "x: its DLTensor is on a device, and memory that the CPU can read is expected; copy it there");
  x.tensor.device.device_type = kDLCPU;
  x.tensor.dtype.lanes = 4;
  CHECK(says(x.tensor).starts_with("x: the dtype of its DLTensor is none of a kernel's"));
  x.tensor.dtype = {kDLFloat, 64, 1};
  CHECK(says(x.tensor) == "x: double elements given, float expected");
  x.tensor.dtype = {kDLFloat, 32, 1};
  x.tensor.ndim = 9;
  CHECK(says(x.tensor) == "x: its DLTensor has more than eight dimensions");
  x.tensor.ndim = 2;
  x.tensor.shape = nullptr;
  CHECK(says(x.tensor) == "x: its DLTensor has no shape");
  x.tensor.shape = x.shape;
  x.tensor.byte_offset = 2;
  CHECK(says(x.tensor) == "x: its address is 2 past a multiple of 4; float data aligned to 4 bytes expected");
  x.tensor.byte_offset = 0;
  x.tensor.data = nullptr;
  CHECK(says(x.tensor) == "x: null data given, 3 x 4 float elements expected");
}
#else
#include <doctest/doctest.h>

TEST_CASE("dlpack" * doctest::description("needs libdlpack-dev")) {}
#endif
