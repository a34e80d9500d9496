#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/ir/cpp_type.hpp>
#include <tenon/ir/evaluate.hpp>
#include <tenon/tenon.hpp>

#include "support/programs.hpp"

/// Kernels held to what their programs mean.
namespace kernels {

using namespace tenon;

/// The elements of one argument, as memory.
struct memory {
  std::vector<std::byte> bytes{};
  std::size_t padding = 64;  // on both sides, so that a store outside is seen

  std::byte* data() { return bytes.data() + padding; }
};

template <class Use>
void with_type(element type, Use const& use) {
  switch (type) {
    case element::boolean: return use(bool{});
    case element::i8: return use(std::int8_t{});
    case element::u8: return use(std::uint8_t{});
    case element::i16: return use(std::int16_t{});
    case element::u16: return use(std::uint16_t{});
    case element::i32: return use(std::int32_t{});
    case element::u32: return use(std::uint32_t{});
    case element::i64: return use(std::int64_t{});
    case element::u64: return use(std::uint64_t{});
    case element::f16: return use(half{});
    case element::bf16: return use(bfloat16{});
    case element::f32: return use(float{});
    case element::f64: return use(double{});
    default: std::abort();
  }
}

inline memory memory_of(ir::buffer const& b, ir::image::contents const& c) {
  memory m{};
  m.bytes.assign(c.values.size() * static_cast<std::size_t>(ir::bytes_of(b.type)) + 2 * m.padding, std::byte{0x5a});
  with_type(b.type, [&]<class T>(T) {
    for (std::size_t n = 0; n < c.values.size(); ++n) {
      if (!c.written[n]) continue;
      T v{};
      if constexpr (std::is_same_v<T, half> || std::is_same_v<T, bfloat16>) v = T(static_cast<float>(c.values[n].real));
      else if constexpr (std::is_floating_point_v<T>) v = static_cast<T>(c.values[n].real);
      else v = static_cast<T>(c.values[n].whole);
      std::memcpy(m.data() + n * sizeof(T), &v, sizeof(T));
    }
  });
  return m;
}

/// What is wrong with the memory, compared with the contents it should have; empty if nothing. `tolerance` is relative.
inline std::string difference(ir::buffer const& b, ir::image::contents const& c, memory& m, double tolerance) {
  for (std::size_t n = 0; n < m.padding; ++n) {
    if (m.bytes[n] != std::byte{0x5a} || m.bytes[m.bytes.size() - 1 - n] != std::byte{0x5a}) {
      return std::string(std::string_view(b.name)) + ": written outside";
    }
  }
  std::string wrong{};
  with_type(b.type, [&]<class T>(T) {
    for (std::size_t n = 0; n < c.values.size() && wrong.empty(); ++n) {
      if (!c.written[n]) continue;
      T v{};
      std::memcpy(&v, m.data() + n * sizeof(T), sizeof(T));
      double got = 0;
      double expected = 0;
      if constexpr (std::is_integral_v<T>) {
        if (v == static_cast<T>(c.values[n].whole)) continue;
        got = static_cast<double>(v);
        expected = static_cast<double>(c.values[n].whole);
      } else {
        got = static_cast<double>(v);
        expected = c.values[n].real;
        if (got == expected || (std::isnan(got) && std::isnan(expected))) continue;
        if (std::abs(got - expected) <= tolerance * (1 + std::abs(expected))) continue;
      }
      wrong = std::string(std::string_view(b.name)) + ": element " + std::to_string(n) + " is " + std::to_string(got) +
              ", expected " + std::to_string(expected);
    }
  });
  return wrong;
}

/// What one set of instructions makes of an operator, compared with its meaning; empty if they agree.
template <class Op, cpu::isa Set>
std::string disagreement_on(std::vector<std::int64_t> const& parameters, unsigned seed, double tolerance,
                            cpu::executor* threads) {
  ir::program const& p = staged<Op>;
  ir::image const before = programs::filled(p, parameters, seed);
  ir::image const after = ir::evaluate(p, before);
  if (!after.fault.empty()) return "evaluate: " + std::string(std::string_view(after.fault));
  std::vector<memory> arguments{};
  cpu::call_data call{};
  for (std::size_t b = 1; b <= p.arguments; ++b) arguments.push_back(memory_of(p.buffers[b], before.buffers[b]));
  for (std::size_t b = 1; b <= p.arguments; ++b) {
    call.data[b] = arguments[b - 1].data();
    std::int64_t stride = 1;
    for (int d = p.buffers[b].rank - 1; d >= 0; --d) {
      call.strides[b][d] = stride;
      stride *= before.buffers[b].extents[static_cast<std::size_t>(d)];
    }
  }
  for (std::size_t q = 0; q < parameters.size(); ++q) call.parameters[q + 1] = parameters[q];
  cpu::detail::entry const code = cpu::detail::entry_for<Op, Set>();
  int const workers = threads == nullptr ? 1 : threads->concurrency();
  cpu::workspace_lease const lease(code.memory, workers);
  call.shared = lease.shared();
  call.workers = lease.shared() == nullptr ? nullptr : lease.of_worker(0);
  call.runner = threads;
  code.run(call);
  for (std::size_t b = 1; b <= p.arguments; ++b) {
    std::string const wrong = difference(p.buffers[b], after.buffers[b], arguments[b - 1], tolerance);
    if (!wrong.empty()) return std::string(cpu::facts_of(Set).name) + ": " + wrong;
  }
  return {};
}

/// The same for every set of instructions that this machine has and this file was compiled for.
template <class Op>
std::string disagreement(std::vector<std::int64_t> const& parameters = {}, unsigned seed = 1, double tolerance = 0,
                         cpu::executor* threads = nullptr) {
  std::string found{};
  auto const look = [&]<cpu::isa Set>() {
    if constexpr (cpu::detail::holds(static_cast<unsigned>(TENON_CPU_ISAS), Set)) {
      if (found.empty() && Set <= cpu::machine_isa())
        found = disagreement_on<Op, Set>(parameters, seed, tolerance, threads);
    }
  };
  look.template operator()<cpu::isa::scalar>();
  look.template operator()<cpu::isa::sse2>();
  look.template operator()<cpu::isa::avx2>();
  look.template operator()<cpu::isa::avx512>();
  return found;
}

}  // namespace kernels

/// The kernel of operator type `Op` does what the operator means, on every set of instructions there is.
#define CHECK_KERNEL(...) CHECK(kernels::disagreement<__VA_ARGS__>() == "")
