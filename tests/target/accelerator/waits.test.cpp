#include <tenon/target/accelerator/waits.hpp>

#include <vector>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/toy_machine.hpp>

using namespace tenon;

namespace {

template <class Op, class Target>
using code = accelerator::stream<Op, Target>;
using op = toys::matmul<8, 8, 8>;
using threaded = toys::matmul<8, 16, 8, true>;

/// Whether every two instructions of different units that touch the same bytes are kept in order by waits and by the order
/// within units alone.
template <class Op, class Target = toys::machine>
bool keeps_every_pair_in_order() {
  using s = code<Op, Target>;
  auto const& all = s::statements();
  std::size_t const n = s::size;
  // after[a][b]: b can begin only when a is done.
  std::vector<std::vector<char>> after(n, std::vector<char>(n));
  std::size_t next = 0;
  for (std::size_t b = 0; b < n; ++b) {
    auto const follow = [&](std::size_t a) {
      after[a][b] = 1;
      for (std::size_t before = 0; before < a; ++before) after[before][b] |= after[before][a];
    };
    for (std::size_t a = b; a-- > 0;) {
      std::int16_t const unit = all[s::records[a].site].unit;
      if (unit != all[s::records[b].site].unit || !Target::units[unit].in_order) continue;
      follow(a);
      break;
    }
    for (; next < accelerator::waits<s>.size() && accelerator::waits<s>[next].later == static_cast<int>(b); ++next)
      follow(static_cast<std::size_t>(accelerator::waits<s>[next].earlier));
  }
  for (std::size_t b = 0; b < n; ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      bool const apart = all[s::records[a].site].unit != all[s::records[b].site].unit;
      if (apart && accelerator::depend(all, s::records[a], s::records[b]) && after[a][b] == 0) return false;
    }
  }
  return next == accelerator::waits<s>.size();
}

/// Each is a pair that touches the same bytes.
template <class Op, class Target = toys::machine>
bool each_is_a_pair_that_meets() {
  using s = code<Op, Target>;
  for (accelerator::wait const& w : accelerator::waits<s>) {
    if (!accelerator::depend(s::statements(), s::records[static_cast<std::size_t>(w.earlier)],
                             s::records[static_cast<std::size_t>(w.later)]))
      return false;
  }
  return !accelerator::waits<s>.empty();
}

constexpr accelerator::shape rows{.run = 4, .over = {{16, 4}}};
constexpr accelerator::shape block{.run = 8, .over = {}};

constexpr bool rows_meet_only_where_they_lie() {
  using accelerator::detail::meet;
  // Rows beside each other do not meet, though one lies between the others' first and last byte.
  return !meet(rows, 0, rows, 4, 0) && meet(rows, 0, rows, 3, 0) && meet(rows, 0, rows, 32, 0) &&
         !meet(rows, 0, rows, 52, 0) && meet(rows, 0, block, 44, 0) && !meet(rows, 0, block, 36, 0) &&
         !meet(block, 36, rows, 0, 0) && meet(block, 44, rows, 0, 0);
}

struct out_of_order : toys::machine {
  static constexpr unit units[]{{.name = "loader", .in_order = false}, {"multiplier"}, {"storer"}};
};

}  // namespace

TEST_CASE("waits") {
  CHECK_BOTH(rows_meet_only_where_they_lie());
  CHECK(keeps_every_pair_in_order<op>());
  CHECK(keeps_every_pair_in_order<threaded>());
  CHECK(keeps_every_pair_in_order<op, out_of_order>());
  CHECK(each_is_a_pair_that_meets<op>());
  CHECK(each_is_a_pair_that_meets<threaded>());
}
