// A program to debug: a kernel calls two functions of the user's in a vectorized loop. One may be inlined, one may not.
#include <iostream>

#include <tenon/tenon.hpp>

using namespace tenon;

float halved(float v) { return v > 0 ? v / 2 : v; }

[[gnu::noinline]] float one_more(float v) { return v + 1; }

struct leaky {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return y(i) = call<&one_more>(call<&halved>(x(i))); }
  constexpr auto schedule(cpu_target) const { return steps(split(i, 16), vectorize(i.inner)); }
};

int main() {
  array<float, 64> x, y;
  for (int n = 0; n < 64; ++n) x(n) = static_cast<float>(n);
  cpu::kernel<leaky>{}(x, y);
  std::cout << "the last is " << y(63) << '\n';
}
