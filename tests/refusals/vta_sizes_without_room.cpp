// expect: configuration: acc has an index of 12 bits; word 1 of an ALU instruction has room for 11
#include <tenon/target/vta.hpp>

using namespace tenon;

struct large {
#ifdef CORRECTED
  static constexpr vta::configuration sizes{.log_acc_buffer = 17};
#else
  static constexpr vta::configuration sizes{.log_acc_buffer = 18};
#endif
};

std::int64_t accumulators() { return vta::sizes_of<large>.depth(vta::memory::acc); }
