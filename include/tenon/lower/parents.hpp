#pragma once

#include <cstddef>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>

namespace tenon::lower {

/// The statement above each statement, as the program was when this was made.
class parents {
 public:
  constexpr explicit parents(ir::program const& p) {
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      ir::node const& n = p[id];
      auto const below = [&](ir::node_id child) { above[static_cast<std::size_t>(child)] = id; };
      switch (n.what) {
        case ir::op::block:
          below(n.a);
          below(n.b);
          break;
        case ir::op::when:
          below(n.b);
          below(n.c);
          break;
        case ir::op::loop:
        case ir::op::allocate:
        case ir::op::together:
        case ir::op::tensorized: below(n.a); break;
        default: break;
      }
    });
  }

  /// None above the root, and above what is not in the program.
  constexpr ir::node_id operator[](ir::node_id id) const { return above[static_cast<std::size_t>(id)]; }

 private:
  ir::node_id above[decltype(ir::program::nodes)::capacity]{};
};

}  // namespace tenon::lower
