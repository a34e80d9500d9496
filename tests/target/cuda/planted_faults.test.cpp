// Kernels into which a mistake is put: the emulator sees each, and names it.
#include <string>

#include "support/cuda_operators.hpp"
#include "support/planted.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;
using namespace planted;

constexpr ir::node_id load_of(ir::program const& p, label const& name) {
  for (std::size_t n = 1; n < p.nodes.size(); ++n) {
    if (p.nodes[n].what == ir::op::load && p[p[p.nodes[n].access()].of].name == name)
      return static_cast<ir::node_id>(n);
  }
  return ir::node_id::none;
}

/// The index of a store or a load in its last dimension, moved by so much.
template <int By>
constexpr auto store_moved = [](ir::program p) {
  ir::access& a = p[p[store_to(p, "s")].access()];
  a.at[a.rank - 1] = ir::add_index(p, ir::op::add, a.at[a.rank - 1], By);
  return p;
};
template <int By>
constexpr auto load_moved = [](ir::program p) {
  ir::access& a = p[p[load_of(p, "s")].access()];
  a.at[a.rank - 1] = ir::add_index(p, ir::op::add, a.at[a.rank - 1], By);
  return p;
};

using gemm = sgemm_relu<64, 68, 32>;

TEST_CASE("planted faults: barriers that are missing") {
  CHECK(says(emulated::disagreement<turned_around, changed<turned_around, no_barrier<0>>>(),
             {"turned_around: block (0, 0, 0), thread (", " element ", " of s, which "}));
  // Before the next strip is written, and before the strips are read.
  CHECK(says(emulated::disagreement<gemm, changed<gemm, no_barrier<0>>>(),
             {"sgemm_relu<64, 68, 32", ".cache, which thread", "no barrier"}));
  CHECK(says(emulated::disagreement<gemm, changed<gemm, no_barrier<1>>>(), {".cache, which", "sgemm_relu<64, 68, 32"}));
}

/// The barrier, where only some threads come to it.
constexpr auto barrier_in_a_branch = [](ir::program p) {
  ir::node_id const loop = statement_of(p, ir::op::loop, 1);
  ir::node_id const first_half =
      ir::add_binary(p, ir::op::less, ir::add_counter(p, p[loop].axis()), ir::add_index(p, 32));
  ir::node_id const barrier = p.add(ir::node{.what = ir::op::barrier});
  ir::node_id const when = p.add(ir::node{.what = ir::op::when, .a = first_half, .b = barrier});
  ir::node_id const body = ir::add_block(p, when, p[loop].a);
  p[loop].a = body;
  return p;
};
/// Threads of one half come to one barrier, those of the other to another.
constexpr auto two_barriers = [](ir::program p) {
  ir::node_id const loop = statement_of(p, ir::op::loop, 1);
  ir::node_id const first_half =
      ir::add_binary(p, ir::op::less, ir::add_counter(p, p[loop].axis()), ir::add_index(p, 32));
  ir::node_id const one = p.add(ir::node{.what = ir::op::barrier});
  ir::node_id const other = p.add(ir::node{.what = ir::op::barrier});
  ir::node_id const when = p.add(ir::node{.what = ir::op::when, .a = first_half, .b = one, .c = other});
  ir::node_id const body = ir::add_block(p, when, p[loop].a);
  p[loop].a = body;
  return p;
};

TEST_CASE("planted faults: barriers to which not all threads come") {
  CHECK(says(emulated::disagreement<turned_around, changed<turned_around, barrier_in_a_branch>>(),
             {"turned_around: block (0, 0, 0), thread (", "waits at a barrier", "the barrier is divergent"}));
  CHECK(says(emulated::disagreement<turned_around, changed<turned_around, two_barriers>>(),
             {"at a barrier", "at another barrier: the barrier is divergent"}));
}

TEST_CASE("planted faults: indices that are wrong") {
  CHECK(says(emulated::disagreement<turned_around, changed<turned_around, store_moved<1>>>(),
             {"thread (63, 0, 0) writes s at index 64 of dimension 0, which has 64 elements"}));
  CHECK(says(emulated::disagreement<turned_around, changed<turned_around, load_moved<-1>>>(),
             {"thread (63, 0, 0) reads s at index -1 of dimension 0"}));
}

/// A loop over threads that runs less often, so that some elements are never written.
constexpr auto short_copy = [](ir::program p) {
  ir::node_id const loop = statement_of(p, ir::op::loop, 0);
  ir::node_id const extent = ir::add_index(p, 63);
  p[p[loop].axis()].extent = extent;
  return p;
};
constexpr auto no_copy = [](ir::program p) {
  ir::node_id const nothing = ir::add_integer(p, element::boolean, 0);
  p[store_to(p, "w.cache")].b = nothing;
  return p;
};

TEST_CASE("planted faults: elements that nothing has written") {
  CHECK(says(emulated::disagreement<turned_around, changed<turned_around, short_copy>>(),
             {"thread (0, 0, 0) reads element 63 of s, which nothing has written"}));
  CHECK(says(emulated::disagreement<gemm, changed<gemm, no_copy>>(), {"of w.cache, which nothing has written"}));
}

constexpr auto one_element_for_all = [](ir::program p) {
  ir::node_id const zero = ir::add_index(p, 0);
  p[p[store_to(p, "s")].access()].at[0] = zero;
  return p;
};
constexpr auto one_result_for_all = [](ir::program p) {
  ir::node_id const zero = ir::add_index(p, 0);
  p[p[store_to(p, "y")].access()].at[0] = zero;
  return p;
};
/// All blocks of a column write the same rows.
constexpr auto without_the_block = [](ir::program p) {
  ir::access& a = p[p[store_to(p, "y")].access()];
  for (std::size_t n = 1; n < p.axes.size(); ++n) {
    auto const axis = static_cast<ir::axis_id>(n);
    if (p[axis].kind != ir::loop_kind::block_y) continue;
    ir::linear index = ir::linear_of(p, a.at[0]);
    ir::linear own{.constant = index.constant};
    for (ir::linear::term const& t : index.terms) {
      if (p[t.atom].what != ir::op::counter || p[t.atom].axis() != axis) own.terms.push_back(t);
    }
    ir::node_id const changed_index = ir::add_linear(p, own);
    a.at[0] = changed_index;
  }
  return p;
};

TEST_CASE("planted faults: stores that meet") {
  CHECK(says(emulated::disagreement<turned_around, changed<turned_around, one_element_for_all>>(),
             {"writes element 0 of s, which thread (", ") writes with no barrier between"}));
  CHECK(says(emulated::disagreement<turned_around, changed<turned_around, one_result_for_all>>(),
             {"writes element 0 of y, which thread ("}));
  CHECK(says(emulated::disagreement<scaled_gelu<8, 128>, changed<scaled_gelu<8, 128>, without_the_block>>(),
             {"of y, which another block writes, and blocks do not wait for each other"}));
}

constexpr auto without_tail = [](ir::program p) {
  p[store_to(p, "y")].b = ir::node_id::none;
  ir::node_id const when = statement_of(p, ir::op::when, 0);
  if (when != ir::node_id::none) ir::replace(p, when, p[when].b);
  return p;
};
constexpr auto without_guard = [](ir::program p) {
  ir::node& store = p[store_to(p, "w.cache")];
  store.a = p[store.a].b;
  return p;
};

TEST_CASE("planted faults: tails that are gone") {
  CHECK(says(emulated::disagreement<scaled_gelu<7, 128>, changed<scaled_gelu<7, 128>, without_tail>>(),
             {"scaled_gelu<7, 128>: block (", "at index 7 of dimension 0, which has 7 elements"}));
  CHECK(says(emulated::disagreement<gemm, changed<gemm, without_guard>>(),
             {"reads w at index ", " of dimension 1, which has 68 elements"}));
}

constexpr auto stored_by_all = [](cuda::layout where) {
  for (std::uint8_t& coordinates : where.first_only) coordinates = 0;
  return where;
};

/// The sum of each row of a block, stored by one of the threads that know it.
struct row_sums {
  axis<"i", 6> i;
  axis<"k", 64> k;
  tensor<"x", float, 6, 64> x;
  tensor<"y", float, 6> y;
  constexpr auto define() const { return y(i) = sum(k, x(i, k)); }
  constexpr auto schedule(cuda_target) const {
    return steps(split(k, 16), rfactor(k.inner), bind(k.inner, thread_x), bind(i, block_x));
  }
};

TEST_CASE("planted faults: memory that is laid out wrong") {
  CHECK(emulated::disagreement<row_sums>() == "");
  CHECK(says(emulated::disagreement<gemm, misplaced<gemm, off_by_four_bytes>>(),
             {"bytes of w.cache at element", "whose address is no multiple of that"}));
  CHECK(says(emulated::disagreement<row_sums, misplaced<row_sums, stored_by_all>>(),
             {"of y, which thread (", "writes with no barrier between"}));
}

/// Only the first lanes put their parts together.
constexpr auto some_lanes = [](ir::program p) {
  ir::node_id join = ir::node_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::loop && cuda::lane_join_at(p, id, cuda::grid_of(p)).found) join = id;
  });
  ir::axis_id lane = ir::axis_id::none;
  for (std::size_t n = 1; n < p.axes.size(); ++n) {
    if (p.axes[n].kind == ir::loop_kind::thread_x) lane = static_cast<ir::axis_id>(n);
  }
  ir::node_id const few = ir::add_binary(p, ir::op::less, ir::add_counter(p, lane), ir::add_index(p, 3));
  ir::node_id const when = p.add(ir::node{.what = ir::op::when, .a = few});
  ir::node_id const loop = p.add(ir::node{.what = ir::op::loop, .x = static_cast<std::uint16_t>(lane)});
  ir::replace(p, join, loop);
  p[loop].a = when;
  p[when].b = join;
  return p;
};

TEST_CASE("planted faults: lanes that do not come") {
  CHECK(says(emulated::disagreement<row_sums, rewritten<row_sums, some_lanes>>(),
             {"row_sums: block (", "waits for the lanes of its warp"}));
}

using pipelined = sgemm_relu<64, 64, 64, 3>;

/// Copies go to the slot that is being read, and not to the one after it.
constexpr auto copies_to_the_wrong_slot = [](ir::program p) {
  ir::node_id copies = ir::node_id::none;
  for (int n = 0; statement_of(p, ir::op::ahead, n) != ir::node_id::none; ++n)
    copies = statement_of(p, ir::op::ahead, n);
  ir::each_statement(p, copies, [&](ir::node_id id) {
    if (p[id].what != ir::op::store) return;
    ir::access& a = p[p[id].access()];
    a.at[0] = ir::add_index(p, ir::op::floor_mod, ir::add_index(p, ir::op::add, p[a.at[0]].a, 1), 3);
  });
  return p;
};

TEST_CASE("planted faults: copies that are not waited for") {
  CHECK(emulated::disagreement<pipelined>() == "");
  CHECK(says(emulated::disagreement<pipelined, changed<pipelined, without_wait>>(),
             {"sgemm_relu<64, 64, 64, 3>: block (", "reads element ", ".cache, to which a copy is under way"}));
  CHECK(says(emulated::disagreement<pipelined, changed<pipelined, waits_for_too_few>>(),
             {"to which a copy is under way"}));
  CHECK(says(emulated::disagreement<pipelined, changed<pipelined, copies_to_the_wrong_slot>>(),
             {"sgemm_relu", ".cache, "}));
  CHECK(says(emulated::disagreement<pipelined, changed<pipelined, no_barrier<0>>>(), {".cache, "}));
}

}  // namespace
