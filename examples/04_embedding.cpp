// Lesson 4: an index that was loaded. Its range is stated, so that the read is proved to stay inside the table.
#include <iostream>

#include <tenon/tenon.hpp>

using namespace tenon;

template <int Words, int Width, int Length>
struct embedding {
  axis<"i", Length> i;
  axis<"j", Width> j;
  tensor<"word", std::int32_t, Length> word;
  tensor<"table", float, Words, Width> table;
  tensor<"y", float, Length, Width> y;

  constexpr auto define() const { return y(i, j) = table(within<0, Words>(word(i)), j); }
  constexpr auto schedule(cpu_target) const { return steps(vectorize(j)); }
};

int main() {
  constexpr int words = 100, width = 64, length = 10;
  array<std::int32_t> word(length);
  array<float> table(words, width), y(length, width);
  for (int i = 0; i < length; ++i) word(i) = i * 37 % words;
  for (int n = 0; n < words * width; ++n) table.data()[n] = static_cast<float>(n);

  cpu::kernel<embedding<words, width, length>> const run;
  run(word, table, y);

  int wrong = 0;
  for (int i = 0; i < length; ++i) {
    for (int j = 0; j < width; ++j) wrong += y(i, j) != table(word(i), j);
  }
  std::cout << run.loop_nest() << "wrong: " << wrong << " of " << y.elements() << "\n";
}
