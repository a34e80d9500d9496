// flags: -O3 -march=x86-64-v4
#include "packed_dense_relu.cpp"

void run_larger(array<float> const& x, array<float> const& w, array<float> const& b, array<float>& y);

void run_larger(array<float> const& x, array<float> const& w, array<float> const& b, array<float>& y) {
  cpu::kernel<packed_dense_relu<1024, 1024, 1024>>{}(x, w, b, y);
}
