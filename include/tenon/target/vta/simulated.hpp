#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/ir/element.hpp>
#include <tenon/language/argument_error.hpp>
#include <tenon/language/check_arguments.hpp>
#include <tenon/language/gather_arguments.hpp>
#include <tenon/target/vta/kernel.hpp>
#include <tenon/target/vta/simulator.hpp>

namespace tenon::vta {

/// What the simulator has against a stream: `what()` names the instruction and what it did.
class simulation_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The stream of an operator, carried out by the simulator on tensors of this machine. Every call begins with empty SRAMs. It throws
/// `argument_error` for arguments that it cannot take, and a `simulation_error` for whatever machines do not agree about.
///
///     vta::simulated<dense>{7}(x, w, y);   // the seed draws the order of the units; 0: as the instructions stand
template <class Op, class Sizes = pynq>
class simulated {
  using code = kernel<Op, Sizes>;

 public:
  explicit simulated(std::uint64_t seed = 0, mode how = mode::strict) : seed_(seed), mode_(how) {}

  /// Runs on these arguments, given as to `cpu::kernel`.
  template <class... Arguments>
  void operator()(Arguments&&... given) const {
    constexpr int count = argument_count<Op>;
    argument all[count + 1];
    gather_arguments<Op>(all, std::forward<Arguments>(given)...);
    if constexpr (sizeof...(Arguments) == count) run(all);
  }

  /// The same with arguments in the order of the operator.
  void run(argument* all) const {
    constexpr int count = argument_count<Op>;
    std::int64_t parameters[decltype(signature::parameters)::capacity]{};
    if (fault const found = check_arguments(expected, all, count, parameters)) raise(found);
    auto const [made, flaw] = detail::lowering<Op, Sizes, 4096>::make();
    if (!flaw.empty()) throw simulation_error(std::string(std::string_view(flaw)));

    auto const micro_ops = static_cast<std::size_t>(code::address_of_micro_ops());
    std::vector<std::uint8_t> dram(micro_ops + 4 * made.micro_ops.size());
    write_micro_ops(made, dram);
    auto const each = [&](auto const& copy) {
      for (int n = 0; n < count; ++n) {
        expectation const& e = expected.arguments[static_cast<std::size_t>(n)];
        std::int64_t elements = 1;
        for (int d = 0; d < e.rank; ++d) elements *= e.extents[d];
        std::size_t const bytes = static_cast<std::size_t>(elements * ir::bytes_of(e.type));
        if (bytes > 0) copy(e, dram.data() + code::address(e.name), const_cast<void*>(all[n].address()), bytes);
      }
    };
    each([](expectation const&, std::uint8_t* inside, void* outside, std::size_t bytes) {
      std::memcpy(inside, outside, bytes);
    });
    if (refusal const no = simulator(made.sizes, mode_).run(made.instructions, dram, seed_))
      throw simulation_error(std::string(std::string_view(no.sentence)));
    each([](expectation const& e, std::uint8_t* inside, void* outside, std::size_t bytes) {
      if (e.written) std::memcpy(outside, inside, bytes);
    });
  }

 private:
  static constexpr signature expected = signature_of(code::program());
  std::uint64_t seed_;
  mode mode_;
};

}  // namespace tenon::vta
