#include <tenon/target/cpu/workspace.hpp>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>

#include "support/both.hpp"

using namespace tenon;

constexpr bool every_part_begins_on_a_cache_line() {
  constexpr cpu::workspace_size size{.shared = 100, .per_worker = 65};
  return size.bytes(0) == 128 && size.bytes(1) == 256 && size.bytes(3) == 512 && cpu::workspace_size{}.bytes(8) == 0;
}

TEST_CASE("workspace_size") { CHECK_BOTH(every_part_begins_on_a_cache_line()); }

TEST_CASE("a thread keeps its workspace from call to call") {
  cpu::workspace_size const size{.shared = 1000, .per_worker = 200};
  std::byte* first = nullptr;
  {
    cpu::workspace_lease const lease(size, 2);
    CHECK_FALSE(lease.fault());
    first = lease.shared();
    CHECK(reinterpret_cast<std::uintptr_t>(first) % 64 == 0);
    CHECK(lease.of_worker(1) == first + 1024 + 256);
    std::memset(first, 1, size.bytes(2));
  }
  {
    cpu::workspace_lease const again({.shared = 10}, 1);
    CHECK(again.shared() == first);
    // A call inside this call has other memory.
    cpu::workspace_lease const nested({.shared = 10}, 1);
    CHECK(nested.shared() != first);
    std::memset(nested.shared(), 1, 10);
  }
  cpu::workspace_lease const larger({.shared = 5000}, 1);
  std::memset(larger.shared(), 1, 5000);
  std::byte* other = nullptr;
  std::thread([&] { other = cpu::workspace_lease({.shared = 5000}, 1).shared(); }).join();
  CHECK(other != nullptr);
  CHECK(other != larger.shared());
}

TEST_CASE("a kernel works in what it is given") {
  alignas(64) std::byte memory[512];
  cpu::workspace_size const size{.shared = 128, .per_worker = 64};
  cpu::workspace_lease const lease(size, 2, {memory, sizeof memory});
  CHECK_FALSE(lease.fault());
  CHECK(lease.shared() == memory);
  CHECK(lease.of_worker(1) == memory + 192);

  auto const says = [&](cpu::workspace const& given, int workers) {
    cpu::workspace_lease const refused(size, workers, given);
    CHECK(refused.fault().kind == fault_kind::workspace);
    CHECK(refused.shared() == nullptr);
    return std::string(std::string_view(refused.fault().sentence));
  };
  CHECK(says({memory, 100}, 2) == "workspace: 100 bytes given, 256 expected for 2 workers");
  CHECK(says({memory, 100}, 1) == "workspace: 100 bytes given, 192 expected for 1 worker");
  CHECK(says({memory + 8, 400}, 2) ==
        "workspace: its address is 8 past a multiple of 64; memory aligned to 64 bytes expected");
  CHECK_FALSE(cpu::workspace_lease({}, 2, {memory + 8, 1}).fault());
}

#if defined(__SANITIZE_ADDRESS__)
constexpr bool allocation_may_fail = false;  // AddressSanitizer ends the program instead
#elif defined(__has_feature)
constexpr bool allocation_may_fail = !__has_feature(address_sanitizer);
#else
constexpr bool allocation_may_fail = true;
#endif

TEST_CASE("memory that is not to be had is a fault") {
  if (!allocation_may_fail) return;
  cpu::workspace_lease const lease({.shared = PTRDIFF_MAX - 1000}, 1);
  CHECK(lease.fault().kind == fault_kind::workspace);
}
