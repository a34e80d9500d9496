#pragma once

#include <cstdint>

#include <dlpack/dlpack.h>

#include <tenon/language/argument.hpp>

namespace tenon {

namespace detail {

constexpr element element_of_dlpack(DLDataType const& type) {
  constexpr int code_of_bool = 6;  // younger than the header in Debian 12
  if (type.lanes != 1) return element::none;
  int const bits = type.bits;
  switch (type.code) {
    case kDLInt:
      return bits == 4    ? element::i4
             : bits == 8  ? element::i8
             : bits == 16 ? element::i16
             : bits == 32 ? element::i32
             : bits == 64 ? element::i64
                          : element::none;
    case kDLUInt:
      return bits == 1    ? element::boolean
             : bits == 4  ? element::u4
             : bits == 8  ? element::u8
             : bits == 16 ? element::u16
             : bits == 32 ? element::u32
             : bits == 64 ? element::u64
                          : element::none;
    case kDLFloat:
      return bits == 16 ? element::f16 : bits == 32 ? element::f32 : bits == 64 ? element::f64 : element::none;
    case kDLBfloat: return bits == 16 ? element::bf16 : element::none;
    case code_of_bool: return bits == 8 ? element::boolean : element::none;
    default: return element::none;
  }
}

constexpr char const* why_unusable(DLTensor const& x) {
  switch (static_cast<int>(x.device.device_type)) {
    case kDLCPU:
    case kDLCUDAHost:
    case kDLROCMHost:
    case kDLCUDAManaged: break;
    default: return "its DLTensor is on a device, and memory that the CPU can read is expected; copy it there";
  }
  if (x.ndim < 0 || x.ndim > 8) return "its DLTensor has more than eight dimensions";
  if (x.ndim > 0 && x.shape == nullptr) return "its DLTensor has no shape";
  if (element_of_dlpack(x.dtype) == element::none) {
    return "the dtype of its DLTensor is none of a kernel's: float, double, half, bfloat16, bool, integers of 4 to 64 "
           "bits, one lane";
  }
  return nullptr;
}

constexpr argument argument_of_dlpack(DLTensor const* x, bool read_only) {
  argument made{};
  made.read_only = read_only;
  made.unusable = x == nullptr ? "a null DLTensor given" : why_unusable(*x);
  if (made.unusable != nullptr) return made;
  if (x->data != nullptr) made.data = static_cast<unsigned char const*>(x->data) + x->byte_offset;
  made.type = element_of_dlpack(x->dtype);
  made.rank = static_cast<std::uint8_t>(x->ndim);
  for (int d = 0; d < x->ndim; ++d) made.extents[d] = x->shape[d];
  made.make_dense();
  for (int d = 0; x->strides != nullptr && d < x->ndim; ++d) made.strides[d] = x->strides[d];
  return made;
}

}  // namespace detail

/// Takes tensors of DLPack as arguments of kernels: a DLTensor, a DLManagedTensor, or a pointer to one. One that is const is
/// not written to.
template <>
struct as_argument<DLTensor> {
  static constexpr argument of(DLTensor& x) { return detail::argument_of_dlpack(&x, false); }
  static constexpr argument of(DLTensor const& x) { return detail::argument_of_dlpack(&x, true); }
};
template <>
struct as_argument<DLTensor*> {
  static constexpr argument of(DLTensor* x) { return detail::argument_of_dlpack(x, false); }
};
template <>
struct as_argument<DLTensor const*> {
  static constexpr argument of(DLTensor const* x) { return detail::argument_of_dlpack(x, true); }
};
template <>
struct as_argument<DLManagedTensor> {
  static constexpr argument of(DLManagedTensor& x) { return detail::argument_of_dlpack(&x.dl_tensor, false); }
  static constexpr argument of(DLManagedTensor const& x) { return detail::argument_of_dlpack(&x.dl_tensor, true); }
};
template <>
struct as_argument<DLManagedTensor*> {
  static constexpr argument of(DLManagedTensor* x) {
    return detail::argument_of_dlpack(x == nullptr ? nullptr : &x->dl_tensor, false);
  }
};
template <>
struct as_argument<DLManagedTensor const*> {
  static constexpr argument of(DLManagedTensor const* x) {
    return detail::argument_of_dlpack(x == nullptr ? nullptr : &x->dl_tensor, true);
  }
};

}  // namespace tenon
