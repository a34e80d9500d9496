#include <tenon/lower/cache_buffer.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/schedule/cache.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i"), j = loop("j"), k = loop("k");
constexpr tensor_name x{"x"}, w{"w"}, y{"y"};

constexpr ir::program cache_rows() { return lower::cache_buffer(programs::matmul(3, 5, 4), cache(x, i, order(k))); }

constexpr bool reads_of_a_row_come_from_the_cache() {
  return programs::same_outputs(cache_rows(), programs::matmul(3, 5, 4));
}

text refusal_of(ir::program const& p, step const& s) { return lower::cache_buffer(p, s).refused.sentence; }

}  // namespace

TEST_CASE("cache_buffer") { CHECK_BOTH(reads_of_a_row_come_from_the_cache()); }

TEST_CASE("cache_buffer refuses") {
  ir::program const p = programs::matmul(3, 5, 4);
  CHECK(refusal_of(p, cache({"v"}, i, order(k))) ==
        "cache(v, i, order(k)): no tensor is called v; the tensors are x, w, y, y.sum");
  CHECK(refusal_of(p, cache(x, {.loop = "l"}, order(k))) ==
        "cache(x, l, order(k)): no loop is called l; the loops are i, j, k");
  CHECK(refusal_of(p, cache(x, i, order(j))) ==
        "cache(x, i, order(j)): x also depends on k, a loop inside i; name it in order(...) too");
  CHECK(refusal_of(p, cache(x, i, order(j, k))) ==
        "cache(x, i, order(j, k)): x does not depend on j; leave it out of order(...)");
  CHECK(refusal_of(p, cache(x, j, order(k, i))) ==
        "cache(x, j, order(k, i)): no loop inside j is called i; the loops there are k");
  CHECK(refusal_of(p, cache(y, i)) ==
        "cache(y, i): y is written inside i; say which loops number the copy: cache(y, i, order(...))");
  CHECK(refusal_of(p, cache({"y.sum"}, i, order(k))) ==
        "cache(y.sum, i, order(k)): y.sum lives inside i as it is; name a loop inside which it is only used");
  CHECK(refusal_of(programs::matmul_of_rows(0, 5, 4), cache(w, i, order(k, j))) == "");
}
