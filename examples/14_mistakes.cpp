// Lesson 14: what is wrong with a call is said by an exception, or returned; mistakes in operators and schedules are said by
// the compiler, and at run time where the same functions are called there.
#include <iostream>
#include <vector>

#include <tenon/tenon.hpp>

using namespace tenon;

struct twice {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
};

int main() {
  constexpr twice op;
  cpu::kernel<twice> const run;
  std::vector<float> x(256, 3.0F), y(256), few(255);
  std::vector<double> doubles(256);
  run(op.x = x, op.y = y);
  std::cout << "2 * " << x[7] << " is " << y[7] << "\n";
  try {
    run(op.x = few, op.y = y);
  } catch (argument_error const& error) {
    std::cout << error.what() << "\n";
  }
  std::cout << run.try_call(op.x = doubles, op.y = y).sentence << "\n";
  std::cout << run.try_call(op.x = x, op.y = x).sentence << "\n";

  // What the compiler would have said, had this stood in the operator's schedule.
  ir::program const p = lower::apply(stage(op), split(op.i, 48));
  std::cout << p.refused.sentence << "\n";
}
