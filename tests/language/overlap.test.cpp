#include <tenon/language/overlap.hpp>

#include <cstdlib>
#include <set>

#include <tenon/language/view.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

float memory[64];

argument of(int first, shape const& extents, shape const& strides) {
  return view(memory + first, extents, strides).to_argument();
}
argument row(int first, int count) { return of(first, {count}, {1}); }

// The same question, by listing the elements.
std::multiset<long> places(argument const& a) {
  std::multiset<long> all;
  long const first = static_cast<float const*>(a.address()) - memory;
  for (long i = 0; i < a.extents[0]; ++i) {
    for (long j = 0; j < (a.rank > 1 ? a.extents[1] : 1); ++j) all.insert(first + i * a.strides[0] + j * a.strides[1]);
  }
  return all;
}
bool share(argument const& a, argument const& b) {
  auto const other = places(b);
  for (long at : places(a)) {
    if (other.count(at) > 0) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("overlap") {
  CHECK(language::overlap(row(0, 8), row(7, 2)));
  CHECK_FALSE(language::overlap(row(0, 8), row(8, 2)));
  CHECK_FALSE(language::overlap(row(0, 8), row(3, 0)));
  // The left and the right half of a matrix, and halves that share a column.
  CHECK_FALSE(language::overlap(of(0, {4, 4}, {8, 1}), of(4, {4, 4}, {8, 1})));
  CHECK(language::overlap(of(0, {4, 5}, {8, 1}), of(4, {4, 4}, {8, 1})));
  CHECK(language::overlap(of(0, {4, 4}, {8, 1}), of(6, {3, 4}, {8, 1})));
  // Upwards and downwards.
  CHECK(language::overlap(of(7, {8}, {-1}), row(0, 1)));
  CHECK_FALSE(language::overlap(of(7, {7}, {-1}), row(0, 1)));
}

TEST_CASE("same_memory") {
  CHECK(language::same_memory(row(3, 5), row(3, 5)));
  CHECK_FALSE(language::same_memory(row(3, 5), row(3, 4)));
  CHECK_FALSE(language::same_memory(row(3, 5), of(3, {5}, {2})));
  CHECK(language::same_memory(of(3, {1, 5}, {9, 1}), of(3, {1, 5}, {5, 1})));
}

TEST_CASE("overlaps_itself") {
  CHECK(language::overlaps_itself(of(0, {4, 4}, {3, 1})));
  CHECK(language::overlaps_itself(of(0, {4}, {0})));
  CHECK_FALSE(language::overlaps_itself(of(0, {1, 4}, {0, 1})));
  CHECK_FALSE(language::overlaps_itself(of(0, {4, 4}, {1, 4})));
  CHECK_FALSE(language::overlaps_itself(of(20, {4, 4}, {-4, 1})));
}

TEST_CASE("overlap never says no where elements are shared") {
  std::srand(7);
  auto const draw = [](int count) { return std::rand() % count; };
  int refused = 0;
  int apart = 0;
  for (int round = 0; round < 20000; ++round) {
    auto const any = [&] { return of(20 + draw(8), {draw(4), draw(4)}, {draw(9) - 2, draw(4) - 1}); };
    argument const a = any();
    argument const b = any();
    if (share(a, b)) REQUIRE(language::overlap(a, b));
    else ++(language::overlap(a, b) ? refused : apart);
    std::multiset<long> const own = places(a);
    if (std::set<long>(own.begin(), own.end()).size() != own.size()) REQUIRE(language::overlaps_itself(a));
  }
  CHECK(apart > refused);
}
