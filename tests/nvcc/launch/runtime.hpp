#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cuda_runtime_api.h>

/// A CUDA runtime without a GPU, under code that nvcc made: what is in the memory of a GPU is read from the machine code, and a
/// launch is written down.
namespace pretended {

struct launch {
  std::string kernel{};
  dim3 blocks{};
  dim3 threads{};
  std::size_t shared = 0;
  void* stream = nullptr;
  std::vector<unsigned char> given{};  // the kernel's one argument
};

struct runtime {
  std::vector<launch> launches{};
  int fetched = 0;  // variables of the GPU
  int streams = 0;  // that are open
  bool forbidden = false;  // something was done that may not be done while a graph is captured
  cudaStreamCaptureMode mode = cudaStreamCaptureModeGlobal;
  cudaError_t at_fetch = cudaSuccess;  // what these calls answer
  cudaError_t at_launch = cudaSuccess;

  // What nvcc's code registers, and the launch it is about to do.
  std::vector<std::string_view> codes{};  // one of each file
  std::map<void const*, std::string> names{};
  std::size_t given_bytes = 0;  // to read of a kernel's argument
  launch next{};
};

inline runtime& now() {
  static runtime all;
  return all;
}

template <class T>
T read(char const* from, std::size_t at) {
  T value{};
  std::memcpy(&value, from + at, sizeof(T));
  return value;
}

/// The initial bytes of a variable in the ELF file that begins at `file`; or null.
inline char const* variable_in(char const* file, std::string const& name) {
  auto const headers = read<std::uint64_t>(file, 0x28);
  auto const header_bytes = read<std::uint16_t>(file, 0x3a);
  auto const count = read<std::uint16_t>(file, 0x3c);
  auto const header = [&](unsigned n) { return file + headers + n * header_bytes; };
  for (unsigned n = 0; n < count; ++n) {
    if (read<std::uint32_t>(header(n), 4) != 2) continue;  // a table of symbols
    auto const begin = read<std::uint64_t>(header(n), 0x18);
    auto const bytes = read<std::uint64_t>(header(n), 0x20);
    char const* const strings = file + read<std::uint64_t>(header(read<std::uint32_t>(header(n), 0x28)), 0x18);
    for (std::uint64_t s = begin; s < begin + bytes; s += 24) {
      if (strings + read<std::uint32_t>(file, s) != name) continue;
      char const* const section = header(read<std::uint16_t>(file, s + 6));
      return file + read<std::uint64_t>(section, 0x18) + read<std::uint64_t>(file, s + 8);
    }
  }
  return nullptr;
}

/// The same among all ELF files of the registered code, which is not compressed.
inline char const* variable(std::string const& name) {
  for (std::string_view code : now().codes) {
    for (std::size_t at = 0; at + 64 <= code.size(); at += 4) {
      if (!code.substr(at).starts_with("\177ELF")) continue;
      if (char const* const found = variable_in(code.data() + at, name)) return found;
    }
  }
  return nullptr;
}

}  // namespace pretended

extern "C" {

void** __cudaRegisterFatBinary(void* wrapped) {
  char const* const all = pretended::read<char const*>(static_cast<char const*>(wrapped), 8);
  std::size_t const bytes = pretended::read<std::uint16_t>(all, 6) + pretended::read<std::uint64_t>(all, 8);
  pretended::now().codes.push_back({all, bytes});
  static void* handle = nullptr;
  return &handle;
}
void __cudaRegisterFatBinaryEnd(void**) {}
void __cudaUnregisterFatBinary(void**) {}
void __cudaRegisterFunction(void**, char const* on_host, char*, char const* name, int, void*, void*, void*, void*,
                            int*) {
  pretended::now().names[on_host] = name;
}
void __cudaRegisterVar(void**, char* on_host, char*, char const* name, int, std::size_t, int, int) {
  pretended::now().names[on_host] = name;
}

unsigned __cudaPushCallConfiguration(dim3 blocks, dim3 threads, std::size_t shared, CUstream_st* stream) {
  pretended::now().next = {.blocks = blocks, .threads = threads, .shared = shared, .stream = stream};
  return 0;
}
cudaError_t __cudaPopCallConfiguration(dim3* blocks, dim3* threads, std::size_t* shared, void* stream) {
  pretended::launch const& next = pretended::now().next;
  *blocks = next.blocks;
  *threads = next.threads;
  *shared = next.shared;
  std::memcpy(stream, &next.stream, sizeof next.stream);
  return cudaSuccess;
}
cudaError_t __cudaGetKernel(cudaKernel_t* made, void const* on_host) {
  *made = static_cast<cudaKernel_t>(const_cast<void*>(on_host));
  return cudaSuccess;
}
cudaError_t __cudaLaunchKernel(cudaKernel_t kernel, dim3 blocks, dim3 threads, void** given, std::size_t shared,
                               cudaStream_t stream) {
  pretended::runtime& all = pretended::now();
  auto const* const bytes = static_cast<unsigned char const*>(given[0]);
  if (all.at_launch == cudaSuccess) {
    all.launches.push_back({all.names[kernel], blocks, threads, shared, stream, {bytes, bytes + all.given_bytes}});
  }
  return all.at_launch;
}

cudaError_t cudaGetLastError() { return std::exchange(pretended::now().at_launch, cudaSuccess); }
char const* cudaGetErrorString(cudaError_t code) { return code == cudaErrorInvalidDevice ? "no such GPU" : "refused"; }

cudaError_t cudaThreadExchangeStreamCaptureMode(cudaStreamCaptureMode* mode) {
  std::swap(*mode, pretended::now().mode);
  return cudaSuccess;
}
cudaError_t cudaStreamCreateWithFlags(cudaStream_t* made, unsigned flags) {
  pretended::runtime& all = pretended::now();
  all.forbidden |= all.mode != cudaStreamCaptureModeRelaxed || flags != cudaStreamNonBlocking;
  ++all.streams;
  *made = reinterpret_cast<cudaStream_t>(&all);
  return cudaSuccess;
}
cudaError_t cudaStreamSynchronize(cudaStream_t) {
  pretended::now().forbidden |= pretended::now().mode != cudaStreamCaptureModeRelaxed;
  return cudaSuccess;
}
cudaError_t cudaStreamDestroy(cudaStream_t) {
  --pretended::now().streams;
  return cudaSuccess;
}
cudaError_t cudaMemcpyFromSymbolAsync(void* to, void const* symbol, std::size_t bytes, std::size_t offset,
                                      cudaMemcpyKind, cudaStream_t stream) {
  pretended::runtime& all = pretended::now();
  all.forbidden |= all.mode != cudaStreamCaptureModeRelaxed || stream != reinterpret_cast<cudaStream_t>(&all);
  if (all.at_fetch != cudaSuccess) return std::exchange(all.at_fetch, cudaSuccess);
  char const* const from = pretended::variable(all.names[symbol]);
  if (from == nullptr) return cudaErrorInvalidSymbol;
  std::memcpy(to, from + offset, bytes);
  ++all.fetched;
  return cudaSuccess;
}
}
