#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

#include <tenon/language/fault.hpp>

namespace tenon::cpu {

/// What the parts of a workspace begin on.
inline constexpr std::size_t workspace_alignment = 64;

/// The memory that a kernel works in: some for all workers, and some for each.
struct workspace_size {
  std::size_t shared = 0;
  std::size_t per_worker = 0;

  /// Where the memory of a worker begins, or what `workers` of them need in all.
  constexpr std::size_t bytes(int workers) const {
    return rounded(shared) + rounded(per_worker) * static_cast<std::size_t>(workers < 0 ? 0 : workers);
  }

 private:
  static constexpr std::size_t rounded(std::size_t size) {
    return (size + workspace_alignment - 1) / workspace_alignment * workspace_alignment;
  }
};

/// Memory that a caller hands to a kernel to work in. Without any, the kernel uses memory that its thread keeps.
struct workspace {
  void* data = nullptr;
  std::size_t bytes = 0;
};

namespace detail {

/// Memory on a boundary of 64 bytes.
class owned_bytes {
 public:
  owned_bytes() = default;
  owned_bytes(owned_bytes const&) = delete;
  owned_bytes& operator=(owned_bytes const&) = delete;
  ~owned_bytes() { release(); }

  /// Sees that there are so many bytes; null if they are not to be had.
  std::byte* grow_to(std::size_t bytes) {
    if (bytes <= bytes_) return data_;
    release();
    data_ = static_cast<std::byte*>(::operator new(bytes, std::align_val_t{workspace_alignment}, std::nothrow));
    bytes_ = data_ == nullptr ? 0 : bytes;
    return data_;
  }

 private:
  std::byte* data_ = nullptr;
  std::size_t bytes_ = 0;

  void release() {
    if (data_ != nullptr) ::operator delete(data_, std::align_val_t{workspace_alignment});
    data_ = nullptr;
    bytes_ = 0;
  }
};

/// What a thread keeps from call to call.
struct kept_bytes : owned_bytes {
  bool in_use = false;
};
inline kept_bytes& kept() {
  static thread_local kept_bytes of_this_thread;
  return of_this_thread;
}

}  // namespace detail

/// The memory of one call of a kernel: what the caller handed over, or what the thread keeps. The latter grows when a call needs
/// more than all calls before it; a kernel called from inside another one's call has some for the time of the call.
class workspace_lease {
 public:
  workspace_lease(workspace_size const& needed, int workers, workspace const& given = {}) : size_(needed) {
    std::size_t const bytes = needed.bytes(workers);
    if (given.data != nullptr && bytes > 0) {
      take(given, bytes, workers);
    } else if (bytes > 0) {
      detail::kept_bytes& kept = detail::kept();
      kept_ = !kept.in_use;
      data_ = (kept_ ? static_cast<detail::owned_bytes&>(kept) : own_).grow_to(bytes);
      if (kept_) kept.in_use = true;
      if (data_ == nullptr) refuse(text{} << "workspace: there are no " << bytes << " bytes of memory to be had");
    }
  }
  workspace_lease(workspace_lease const&) = delete;
  workspace_lease& operator=(workspace_lease const&) = delete;
  ~workspace_lease() {
    if (kept_) detail::kept().in_use = false;
  }

  /// What is wrong with the memory handed over, or that there is none; then there is nothing to work in.
  tenon::fault const& fault() const { return fault_; }
  /// The memory of all workers.
  std::byte* shared() const { return data_; }
  /// The memory of one.
  std::byte* of_worker(int worker) const { return data_ + size_.bytes(worker); }

 private:
  workspace_size size_;
  std::byte* data_ = nullptr;
  bool kept_ = false;
  detail::owned_bytes own_{};
  tenon::fault fault_{};

  void take(workspace const& given, std::size_t bytes, int workers) {
    auto const past = reinterpret_cast<std::uintptr_t>(given.data) % workspace_alignment;
    if (given.bytes < bytes) {
      refuse(text{} << "workspace: " << given.bytes << " bytes given, " << bytes << " expected for " << workers
                    << (workers == 1 ? " worker" : " workers"));
    } else if (past != 0) {
      refuse(text{} << "workspace: its address is " << past << " past a multiple of " << workspace_alignment
                    << "; memory aligned to " << workspace_alignment << " bytes expected");
    } else data_ = static_cast<std::byte*>(given.data);
  }
  void refuse(text const& sentence) { fault_ = {.kind = fault_kind::workspace, .sentence = sentence}; }
};

}  // namespace tenon::cpu
