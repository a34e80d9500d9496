#pragma once

#include <cstdint>
#include <type_traits>

#include <tenon/language/signature.hpp>
#include <tenon/support/granted.hpp>
#include <tenon/target/accelerator/plan.hpp>
#include <tenon/target/vta/constant_stream.hpp>
#include <tenon/target/vta/emit.hpp>
#include <tenon/target/vta/machine.hpp>

namespace tenon::vta {

namespace detail {

/// What its statements are on the machine.
template <class Op, class Sizes>
inline constexpr prepared_sites prepared =
    prepare_sites(accelerator::lowered<Op, machine<Sizes>>, accelerator::statements_of<Op, machine<Sizes>>,
                  meanings<Sizes>, sizes_of<Sizes>);

/// What an operator is on VTA, on the way to its instructions.
template <class Op, class Sizes, std::int64_t Origin>
struct lowering {
  using target = machine<Sizes>;

  static constexpr placement where() {
    std::int64_t const end = Origin + accelerator::memory_of<Op, target>.used[0];
    return {.tensors = Origin, .micro_ops = (end + 4095) / 4096 * 4096};
  }
  static constexpr stream_or_flaw make() {
    return emit(accelerator::lowered<Op, target>, accelerator::statements_of<Op, target>, prepared<Op, Sizes>,
                sizes_of<Sizes>, where());
  }
};

template <class Op, class Sizes, std::int64_t Origin>
constexpr text why_refused() {
  constexpr configuration c = sizes_of<Sizes>;
  if constexpr (c.log_batch != 0) {
    return text{} << "this operator: GEMM blocks of " << c.batch()
                  << " rows are not made from operators; take a machine "
                  << "with blocks of one";
  } else if constexpr (Origin % 4096 != 0 || Origin < 0) {
    return text{} << "this operator: its tensors would begin at byte " << Origin
                  << " of DRAM, which is no multiple of 4096";
  } else if constexpr (!staged<Op>.refused && !requires { Op{}.schedule(vta_target{}); }) {
    return text{} << "this operator: it has no schedule for VTA; write constexpr auto schedule(vta_target) const { "
                  << "return steps(...); }";
  } else if constexpr (!accelerator::refused<Op, machine<Sizes>>.empty()) {
    return accelerator::refused<Op, machine<Sizes>>;
  } else {
    return prepared<Op, Sizes>.wrong;
  }
}
/// In place of a stream that is refused, so that the compiler says only why.
struct no_stream {
  static constexpr stream make() { return {}; }
};

}  // namespace detail

/// Why the operator cannot become a stream of VTA's, or nothing; what only the whole stream shows is said by `kernel::words()`.
template <class Op, class Sizes = pynq, std::int64_t Origin = 4096>
inline constexpr text refused = detail::why_refused<Op, Sizes, Origin>();

/// An operator as a stream of VTA's instructions, arranged as its `schedule(vta_target)` says. Its tensors lie dense and row by row
/// in DRAM from byte `Origin` on, and the micro-ops behind them.
template <class Op, class Sizes = pynq, std::int64_t Origin = 4096>
class kernel {
  TENON_GRANT((refused<Op, Sizes, Origin>), Op);
  using made =
      std::conditional_t<refused<Op, Sizes, Origin>.empty(), detail::lowering<Op, Sizes, Origin>, detail::no_stream>;

 public:
  /// The program whose statements are instructions.
  static constexpr ir::program const& program() { return accelerator::lowered<Op, machine<Sizes>>; }
  /// The instructions and micro-ops as the machine reads them, made and proved while compiling: `words().instructions`,
  /// `words().micro_ops`.
  static constexpr auto const& words() { return constant_stream<made>; }
  /// The same stream as a value, made when this is called. Why it cannot be is said by `words()` while compiling; at run time
  /// such a stream is empty.
  static constexpr vta::stream stream() { return detail::stream_from<made>().made; }

  /// Where an argument begins in DRAM, in bytes; -1 if there is none of that name.
  static constexpr std::int64_t address(label const& argument) {
    for (std::size_t b = 1; b <= program().arguments; ++b) {
      if (program().buffers[b].name == argument) return Origin + accelerator::memory_of<Op, machine<Sizes>>.at[b];
    }
    return -1;
  }
  /// Where the micro-ops begin in DRAM, in bytes.
  static constexpr std::int64_t address_of_micro_ops() {
    return detail::lowering<Op, Sizes, Origin>::where().micro_ops;
  }
};

}  // namespace tenon::vta
