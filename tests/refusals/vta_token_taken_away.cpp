// expect: reads wgt[0], which 3 (load wgt[0..1) from 16: 1 x 1; signals compute) writes, and no token makes it wait
#include <tenon/target/vta.hpp>

using namespace tenon;

struct one_block {
  static constexpr vta::stream make() {
    vta::micro_op const first[] = {{0, 0, 0}};
    vta::builder b(vta::sizes_of<vta::pynq>, 0);
    b.load(vta::memory::inp, 0, {.dram = 16, .columns = 1});
    b.reset(first, {});
    b.load(vta::memory::wgt, 0, {.dram = 16, .columns = 1});
    b.gemm(first, {});
    b.store(0, {.dram = 4096, .columns = 1});
    vta::stream s = b.finish();
#ifndef CORRECTED
    for (vta::instruction& i : s.instructions) {
      if (vta::takes(i, vta::queue::load_to_compute)) i.pop_prev = 0;
    }
#endif
    return s;
  }
};

std::size_t instructions() { return vta::constant_stream<one_block>.instructions.size(); }
