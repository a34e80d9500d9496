#pragma once

#include <initializer_list>
#include <string>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>

#include "support/both.hpp"
#include "support/emulated.hpp"

/// Kernels for a GPU into which a mistake is put.
namespace planted {

using namespace tenon;

/// The kernel of an operator, with something changed in its program.
template <class Op, auto Change>
struct changed {
  using operation = Op;
  static constexpr ir::program program = Change(cuda::plan<Op>::program);
  static constexpr cuda::layout where = cuda::layout_of(program);
  using functions = functions_of<Op>;
};
/// The same, in the memory of the kernel that was.
template <class Op, auto Change>
struct rewritten : changed<Op, Change> {
  static constexpr cuda::layout where = cuda::plan<Op>::where;
};
/// The same with something changed in its layout.
template <class Op, auto Change>
struct misplaced {
  using operation = Op;
  static constexpr auto const& program = cuda::plan<Op>::program;
  static constexpr cuda::layout where = Change(cuda::layout_of(program));
  using functions = functions_of<Op>;
};

/// A statement of that kind, counted from 0.
constexpr ir::node_id statement_of(ir::program const& p, ir::op what, int number) {
  ir::node_id found = ir::node_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == what && number-- == 0) found = id;
  });
  return found;
}
/// The first store to a buffer of that name.
constexpr ir::node_id store_to(ir::program const& p, label const& name) {
  ir::node_id found = ir::node_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::store && p[p[p[id].access()].of].name == name && found == ir::node_id::none) found = id;
  });
  return found;
}

template <int Number>
constexpr auto no_barrier = [](ir::program p) {
  ir::node_id const barrier = statement_of(p, ir::op::barrier, Number);
  ir::node_id const both = ir::parent_of(p, barrier);
  ir::replace(p, both, p[both].b);
  return p;
};
/// Copies are read before they are there.
constexpr auto without_wait = [](ir::program p) {
  ir::node_id const wait = statement_of(p, ir::op::wait, 0);
  ir::node_id const both = ir::parent_of(p, wait);
  ir::replace(p, both, p[both].b);
  return p;
};
/// One group more than there may be is still under way.
constexpr auto waits_for_too_few = [](ir::program p) {
  ++p[statement_of(p, ir::op::wait, 0)].value;
  return p;
};

constexpr auto off_by_four_bytes = [](cuda::layout where) {
  for (cuda::layout::place& at : where.at) {
    if (at.kind == cuda::storage::shared) at.offset += 4;
  }
  where.shared_bytes += 16;
  return where;
};

/// The text of what is wrong holds all of these words.
inline bool says(std::string const& wrong, std::initializer_list<char const*> words) {
  bool all = true;
  for (char const* each : words) {
    bool const found = wrong.find(each) != std::string::npos;
    if (!found) MESSAGE(wrong << " does not say " << std::string(each));
    all = all && found;
  }
  return all;
}

}  // namespace planted
