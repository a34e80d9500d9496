#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include <ucontext.h>
#if defined(__SANITIZE_ADDRESS__)
#define TENON_FIBERS_ARE_WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TENON_FIBERS_ARE_WATCHED 1
#endif
#endif
#if defined(TENON_FIBERS_ARE_WATCHED)
#include <sanitizer/common_interface_defs.h>
#endif

namespace tenon::cuda::emulator {

/// A function with a stack of its own, which can stop in the middle and go on later.
class fiber {
 public:
  explicit fiber(std::function<void()> body) : body_(std::move(body)), stack_(new std::byte[stack_bytes]) {
    getcontext(&own_);
    own_.uc_stack.ss_sp = stack_.get();
    own_.uc_stack.ss_size = stack_bytes;
    own_.uc_link = nullptr;
    auto const self = reinterpret_cast<std::uintptr_t>(this);
    makecontext(&own_, reinterpret_cast<void (*)()>(&enter), 2, static_cast<unsigned>(self >> 32),
                static_cast<unsigned>(self & 0xffffffffU));
  }
  fiber(fiber const&) = delete;
  fiber& operator=(fiber const&) = delete;
  ~fiber() = default;

  /// Goes on with the function until it stops, or has ended.
  void resume() {
    started_ = true;
    switch_to(own_, back_, stack_.get(), stack_bytes, false);
  }
  /// Called inside the function: back to who resumed it.
  void stop() {
    switch_to(back_, own_, outer_stack_, outer_bytes_, ended_);
    if (cancelled_) throw cancellation{};
  }
  bool ended() const { return ended_; }
  /// Leaves the function where it stopped, and everything on its stack with it.
  void cancel() {
    if (!started_ || ended_) return;
    cancelled_ = true;
    resume();
  }

 private:
  struct cancellation {};
  // Not optimised and watched by sanitizers, a kernel's recursion is deep.
  static constexpr std::size_t stack_bytes = 512 * 1024;

  static void enter(unsigned high, unsigned low) {
    auto* const self = reinterpret_cast<fiber*>((static_cast<std::uintptr_t>(high) << 32) | low);
    self->arrived(nullptr);
    try {
      self->body_();
    } catch (cancellation const&) { self->cancelled_ = false; }
    self->ended_ = true;
    self->stop();
  }

  void switch_to(ucontext_t& to, ucontext_t& from, [[maybe_unused]] void const* stack,
                 [[maybe_unused]] std::size_t bytes, [[maybe_unused]] bool for_good) {
#if defined(TENON_FIBERS_ARE_WATCHED)
    void* kept = nullptr;
    __sanitizer_start_switch_fiber(for_good ? nullptr : &kept, stack, bytes);
    swapcontext(&from, &to);
    arrived(kept);
#else
    swapcontext(&from, &to);
#endif
  }
  void arrived([[maybe_unused]] void* kept) {
#if defined(TENON_FIBERS_ARE_WATCHED)
    void const* from = nullptr;
    std::size_t bytes = 0;
    __sanitizer_finish_switch_fiber(kept, &from, &bytes);
    // The stack of who resumes is told by the first arrival here.
    if (outer_stack_ == nullptr) {
      outer_stack_ = from;
      outer_bytes_ = bytes;
    }
#endif
  }

  std::function<void()> body_;
  std::unique_ptr<std::byte[]> stack_;
  ucontext_t own_{};
  ucontext_t back_{};
  void const* outer_stack_ = nullptr;
  std::size_t outer_bytes_ = 0;
  bool started_ = false;
  bool cancelled_ = false;
  bool ended_ = false;
};

}  // namespace tenon::cuda::emulator
