#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/schedule/step.hpp>
#include <tenon/support/text_view.hpp>

/// Where the stages of an operator stand in its program, and who reads what they compute.
namespace tenon::lower {

/// The statements that compute one tensor.
struct stage {
  ir::node_id nest = ir::node_id::none;      // holds all its loops and accumulators
  ir::node_id store = ir::node_id::none;     // the last store to the tensor
  ir::node_id allocate = ir::node_id::none;  // of the tensor itself
  int stores = 0;                            // how many statements store to the tensor
  int allocations = 0;                       // more than one where a step made copies of the stage
  bool at_root = false;                      // stands beside the other stages, in no loop
  bool prefetched = false;                   // a statement that would be left behind where the stage moves

  constexpr bool found() const { return store != ir::node_id::none; }
};

namespace detail {

constexpr bool is_accumulator_of(ir::program const& p, ir::buffer_id b, ir::buffer_id of) {
  text_view const name = p[b].name;
  text_view const owner = p[of].name;
  return p[b].accumulates && name.size() > owner.size() && name.substr(0, owner.size()) == owner &&
         name[owner.size()] == '.';
}

}  // namespace detail

/// The stage that computes `tensor`; an accumulator is a part of one, and has none of its own.
constexpr stage find_stage(ir::program const& p, ir::buffer_id tensor) {
  stage s{};
  if (p[tensor].accumulates) return s;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    ir::node const& n = p[id];
    s.prefetched |= n.what == ir::op::prefetch && p[n.access()].of == tensor;
    if (n.what == ir::op::allocate && n.buffer() == tensor) {
      s.allocate = id;
      ++s.allocations;
    }
    if (n.what == ir::op::store && p[n.access()].of == tensor) {
      s.store = id;
      ++s.stores;
    }
  });
  if (!s.found()) return s;
  s.nest = s.store;
  s.at_root = true;
  for (ir::node_id up = ir::parent_of(p, s.store); up != ir::node_id::none; up = ir::parent_of(p, up)) {
    ir::node const& n = p[up];
    bool const own = n.what == ir::op::loop       ? p[n.axis()].stage == tensor
                     : n.what == ir::op::allocate ? detail::is_accumulator_of(p, n.buffer(), tensor)
                                                  : false;
    if (own) {
      s.nest = up;
      s.at_root = true;
    } else if (n.what != ir::op::block && (n.what != ir::op::allocate || p[n.buffer()].accumulates)) {
      s.at_root = false;
    }
  }
  return s;
}

/// The refusal of a step that would move a tensor away from where it is prefetched.
constexpr ir::program refuse_prefetched(ir::program const& p, step const& s, label const& name) {
  return ir::refuse(p,
                    text{} << s << ": " << name << " is prefetched where it stands now; say prefetch after this step");
}

/// How many loads of `tensor` stand under `root`; a value used twice counts twice.
constexpr int loads_of(ir::program const& p, ir::buffer_id tensor, ir::node_id root) {
  int count = 0;
  ir::each_statement(p, root, [&](ir::node_id s) {
    ir::each_value_of(p, s, [&](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what == ir::op::load && p[n.access()].of == tensor) ++count;
    });
  });
  return count;
}

/// The tensor whose stage has a load of `tensor` outside of `inside`, or none.
constexpr ir::buffer_id reader_outside(ir::program const& p, ir::buffer_id tensor, ir::node_id inside) {
  ir::buffer_id reader = ir::buffer_id::none;
  int skip = 0;
  ir::each_statement(p, p.root, [&](ir::node_id s) {
    if (s == inside) ir::each_statement(p, s, [&](ir::node_id) { ++skip; });
    if (skip > 0) {
      --skip;
      return;
    }
    ir::each_value_of(p, s, [&](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what == ir::op::load && p[n.access()].of == tensor && p[s].what == ir::op::store)
        reader = p[p[s].access()].of;
    });
  });
  return reader;
}

/// Whether loops over the axes of those in the nest stand outside of it too, as where a step made several nests of one.
constexpr bool shares_axes(ir::program const& p, ir::node_id nest) {
  bool own[decltype(p.axes)::capacity]{};
  int loops = 0;
  ir::each_statement(p, nest, [&](ir::node_id id) {
    if (p[id].what != ir::op::loop) return;
    own[p[id].x] = true;
    ++loops;
  });
  ir::each_statement(p, p.root, [&](ir::node_id id) { loops -= p[id].what == ir::op::loop && own[p[id].x]; });
  return loops != 0;
}

/// The axis of each dimension of the stage, if its last store is indexed by plain counters of loops that each stand once:
/// the form in which the language leaves a stage. Otherwise nothing.
struct plain_axes {
  static_vector<ir::axis_id, ir::max_rank> axes{};
  bool plain = false;
};
constexpr plain_axes plain_axes_of(ir::program const& p, stage const& s) {
  plain_axes found{};
  ir::access const& target = p[p[s.store].access()];
  for (int d = 0; d < target.rank; ++d) {
    ir::node const& index = p[target.at[d]];
    if (index.what != ir::op::counter) return found;
    for (ir::axis_id seen : found.axes) {
      if (seen == index.axis()) return found;
    }
    found.axes.push_back(index.axis());
  }
  std::size_t spatial = 0;
  std::size_t known = 0;
  ir::buffer_id const tensor = target.of;
  ir::each_statement(p, s.nest, [&](ir::node_id id) {
    ir::node const& n = p[id];
    if (n.what != ir::op::loop || p[n.axis()].stage != tensor || p[n.axis()].reduces) return;
    ++spatial;
    for (ir::axis_id a : found.axes) {
      if (a == n.axis()) ++known;
    }
  });
  found.plain = spatial == found.axes.size() && known == spatial && s.stores == 1 && !shares_axes(p, s.nest);
  return found;
}

/// Every store under `root` happens only where `condition` holds.
constexpr void guard_stores(ir::program& p, ir::node_id root, ir::node_id condition) {
  if (condition == ir::node_id::none) return;
  static_vector<ir::node_id, 192> stores{};
  ir::each_statement(p, root, [&](ir::node_id id) {
    if (p[id].what == ir::op::store) stores.push_back(id);
  });
  for (ir::node_id id : stores) {
    ir::node_id const both = ir::add_both(p, condition, p[id].b);
    p[id].b = both;
  }
}

/// Takes a statement out of the block it stands in.
constexpr void take_out(ir::program& p, ir::node_id statement) {
  ir::node_id const block = ir::parent_of(p, statement);
  ensure(block != ir::node_id::none && p[block].what == ir::op::block);
  ir::replace(p, block, p[block].a == statement ? p[block].b : p[block].a);
}

}  // namespace tenon::lower
