#include <tenon/analysis/proof.hpp>

#include "support/both.hpp"

using namespace tenon;
using analysis::answer;

constexpr bool keeps_the_worse_answer() {
  analysis::proof all{};
  all.add(answer::yes, text{"fine"});
  bool const nothing = all == analysis::proof{};
  all.add(answer::unknown, text{"perhaps"});
  all.add(answer::unknown, text{"perhaps not"});
  bool const first = all.is == answer::unknown && all.sentence == "perhaps";
  all.add({answer::no, text{"never"}});
  all.add(answer::unknown, text{"perhaps"});
  return nothing && first && all.is == answer::no && all.sentence == "never";
}

TEST_CASE("proof") { CHECK_BOTH(keeps_the_worse_answer()); }
