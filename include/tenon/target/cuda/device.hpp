#pragma once

#if defined(__CUDACC__)

#include <cstddef>
#include <cstdint>

#include <tenon/target/cuda/config.hpp>
#include <tenon/target/cuda/execute/facts.hpp>
#include <tenon/target/cuda/launch_data.hpp>

namespace tenon::cuda {

namespace detail {

/// What moves so many bytes at once.
template <int Bytes>
struct word_of;
template <>
struct word_of<1> {
  using type = unsigned char;
};
template <>
struct word_of<2> {
  using type = unsigned short;
};
template <>
struct word_of<4> {
  using type = unsigned;
};
template <>
struct word_of<8> {
  using type = uint2;
};
template <>
struct word_of<16> {
  using type = uint4;
};

}  // namespace detail

/// The GPU as one of its threads sees it.
template <class K>
class device {
 public:
  static constexpr bool checks = false;

  __device__ __forceinline__ device(launch_data_of<K> const& given, std::byte* memory)
      : given_(given), memory_(memory) {}

  // That a coordinate is below the size of its block is told, so that conditions which a tail left go where they always hold.
  __device__ __forceinline__ std::int32_t thread(int k) const {
    auto const at = static_cast<std::int32_t>(k == 0 ? threadIdx.x : k == 1 ? threadIdx.y : threadIdx.z);
    int const size = k == 0 ? threads_in<K, 0> : k == 1 ? threads_in<K, 1> : threads_in<K, 2>;
    __builtin_assume(at >= 0 && at < size);
    return at;
  }
  __device__ __forceinline__ std::int32_t block(int k) const {
    auto const at = static_cast<std::int32_t>(k == 0 ? blockIdx.x : k == 1 ? blockIdx.y : blockIdx.z);
    int const size = k == 0 ? blocks_in<K, 0> : k == 1 ? blocks_in<K, 1> : blocks_in<K, 2>;
    __builtin_assume(at >= 0 && at < size);
    return at;
  }
  __device__ __forceinline__ std::byte* shared() const { return memory_; }
  template <ir::buffer_id Of>
  __device__ __forceinline__ void* argument() const {
    return given_.data[static_cast<std::size_t>(Of)];
  }
  template <ir::buffer_id Of, int Dimension>
  __device__ __forceinline__ index_of<K> stride() const {
    return static_cast<index_of<K>>(given_.strides[static_cast<std::size_t>(Of)][Dimension]);
  }
  template <int Number>
  __device__ __forceinline__ std::int64_t parameter() const {
    return given_.parameters[Number];
  }

  template <ir::node_id N>
  __device__ __forceinline__ void barrier() {
    __syncthreads();
  }
  template <ir::node_id N, int Lanes, class T>
  __device__ __forceinline__ T from_lane(T mine, int apart) {
    unsigned lanes = 0xffffffffU;
    if constexpr (Lanes < 32) {
      // The lanes of this group alone: others may be elsewhere.
      unsigned const number = threadIdx.x + static_cast<unsigned>(threads_in<K, 0>) *
                                                (threadIdx.y + static_cast<unsigned>(threads_in<K, 1>) * threadIdx.z);
      lanes = ((1U << Lanes) - 1U) << (number % 32U / Lanes * Lanes);
    }
    if constexpr (sizeof(T) < 4) {
      typename detail::word_of<sizeof(T)>::type bits;
      __builtin_memcpy(&bits, &mine, sizeof bits);
      bits = static_cast<decltype(bits)>(__shfl_xor_sync(lanes, static_cast<unsigned>(bits), apart));
      T theirs;
      __builtin_memcpy(&theirs, &bits, sizeof bits);
      return theirs;
    } else {
      return __shfl_xor_sync(lanes, mine, apart);
    }
  }

  /// Rows of 16 bytes, of which lane 8 * q + r names row r of those for register q; or, `Columns`, what are rows there are columns.
  template <ir::node_id N, ir::access_id A, int Operand, bool Columns, class All, class T>
  __device__ __forceinline__ void rows_of_lanes(All& all, T const* base, index_of<K> at) {
    auto const row = static_cast<unsigned>(__cvta_generic_to_shared(base + at));
    unsigned bits[sizeof(All) / 4];
    if constexpr (sizeof(All) == 16 && !Columns) {
      asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                   : "=r"(bits[0]), "=r"(bits[1]), "=r"(bits[2]), "=r"(bits[3])
                   : "r"(row)
                   : "memory");
    } else if constexpr (sizeof(All) == 16) {
      asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
                   : "=r"(bits[0]), "=r"(bits[1]), "=r"(bits[2]), "=r"(bits[3])
                   : "r"(row)
                   : "memory");
    } else if constexpr (!Columns) {
      static_assert(sizeof(All) == 8);
      asm volatile("ldmatrix.sync.aligned.m8n8.x2.shared.b16 {%0, %1}, [%2];"
                   : "=r"(bits[0]), "=r"(bits[1])
                   : "r"(row)
                   : "memory");
    } else {
      static_assert(sizeof(All) == 8);
      asm volatile("ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 {%0, %1}, [%2];"
                   : "=r"(bits[0]), "=r"(bits[1])
                   : "r"(row)
                   : "memory");
    }
    __builtin_memcpy(&all, bits, sizeof all);
  }
  /// d += a * b, by all lanes of the warp.
  template <ir::node_id N, class I, class D, class A, class B>
  __device__ __forceinline__ void multiply(D& d, A const& a, B const& b) {
    unsigned in_a[sizeof(A) / 4];
    unsigned in_b[sizeof(B) / 4];
    __builtin_memcpy(&in_a, &a, sizeof a);
    __builtin_memcpy(&in_b, &b, sizeof b);
    I::run(d.at, in_a, in_b);
  }

  template <ir::access_id A, int N, class T>
  __device__ __forceinline__ pack<T, N> load(T const* from, index_of<K> at) {
    using word = typename detail::word_of<static_cast<int>(sizeof(T)) * N>::type;
    word const* const there = reinterpret_cast<word const*>(from + at);
    word bits;
    // What no kernel writes may be read past its coherent cache.
    if constexpr (buffer_in<K, buffer_of<K, A>>.use == ir::role::input) {
      bits = __ldg(there);
    } else {
      bits = *there;
    }
    pack<T, N> made;
    __builtin_memcpy(&made, &bits, sizeof bits);
    return made;
  }
  template <ir::access_id A, int N, class T>
  __device__ __forceinline__ void store(T* to, index_of<K> at, pack<T, N> const& v) {
    using word = typename detail::word_of<static_cast<int>(sizeof(T)) * N>::type;
    word bits;
    __builtin_memcpy(&bits, &v, sizeof bits);
    *reinterpret_cast<word*>(to + at) = bits;
  }

  template <ir::access_id To, ir::access_id From, int N, class T>
  __device__ __forceinline__ void copy(T* to, index_of<K> at, T const* from, index_of<K> from_at) {
    auto const there = static_cast<unsigned>(__cvta_generic_to_shared(to + at));
    constexpr int bytes = static_cast<int>(sizeof(T)) * N;
    if constexpr (bytes == 16) {
      asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(there), "l"(from + from_at) : "memory");
    } else {
      static_assert(bytes == 4 || bytes == 8);
      asm volatile("cp.async.ca.shared.global [%0], [%1], %2;" ::"r"(there), "l"(from + from_at), "n"(bytes)
                   : "memory");
    }
  }
  __device__ __forceinline__ void end_group() { asm volatile("cp.async.commit_group;" ::: "memory"); }
  template <int Left>
  __device__ __forceinline__ void wait() {
    asm volatile("cp.async.wait_group %0;" ::"n"(Left) : "memory");
  }

 private:
  launch_data_of<K> const& given_;
  std::byte* memory_;
};

}  // namespace tenon::cuda

#endif
