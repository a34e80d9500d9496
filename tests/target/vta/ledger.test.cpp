#include <tenon/target/vta/ledger.hpp>

#include "support/both.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon::vta;

constexpr instruction three[] = {{.op = opcode::load, .memory_type = memory::inp},
                                 {.op = opcode::gemm, .uop_end = 1, .iter_out = 1, .iter_in = 1},
                                 {.op = opcode::load, .memory_type = memory::inp}};

// Instruction 0 writes inp[3], instruction 1 reads it, instruction 2 writes it again.
constexpr tenon::text told(bool reader_knows, bool writer_knows) {
  ledger book{};
  book.begin(three);
  book.enter(0, {});
  book.write(memory::inp, 3);
  moment knows{};
  if (reader_knows) knows[unit::load] = 1;
  book.enter(1, knows);
  book.read(memory::inp, 3);
  moment later{};
  later[unit::load] = 1;
  if (writer_knows) later[unit::compute] = 1;
  book.enter(2, later);
  book.write(memory::inp, 3);
  return book.fault;
}
constexpr bool names_two_without_a_token() {
  return told(true, true).empty() &&
         told(false, true) ==
             "instruction 1 (gemm uops[0..1) x 1 x 1): reads inp[3], which 0 (load inp nothing) writes, and no "
             "token orders the two" &&
         told(true, false) ==
             "instruction 2 (load inp nothing): writes inp[3], which 1 (gemm uops[0..1) x 1 x 1) reads, and no "
             "token orders the two";
}
constexpr bool forgets_who_but_not_that_something_was_written() {
  ledger book{};
  book.begin(three);
  book.enter(0, {});
  book.write(memory::inp, 0);
  book.begin(three);
  book.enter(1, {});
  book.read(memory::inp, 0);
  if (!book.fault.empty()) return false;
  book.read(memory::inp, 1);
  return says(book.fault, "inp[1], which nothing has written");
}

TEST_CASE("ledger") {
  CHECK_BOTH(names_two_without_a_token());
  CHECK_BOTH(forgets_who_but_not_that_something_was_written());
}

}  // namespace
