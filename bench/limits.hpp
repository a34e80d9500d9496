#pragma once

namespace tenon::bench {

/// What one core of this machine can do, measured in this run.
struct limits {
  double fma_gflops = 0;       // multiply-add of float vectors, in registers
  double copy_gbytes = 0;      // from memory to memory, read and write counted
  double stream_gbytes = 0;    // the same with stores that pass the caches by; 0 without them
};

/// Measures the limits; takes about half a second.
limits measure_limits();

}  // namespace tenon::bench
