// expect: virtual_thread(r): an iteration reads across(r, c), which another one writes; compute across before the loop or inside it
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"r", 64> r;
  axis<"v", 66> v;
  axis<"c", 64> c;
  tensor<"in", float, 66, 66> in;
  temporary<"across", float, 66, 64> across;
  tensor<"out", float, 64, 64> out;

  constexpr auto define() const {
    return stages(across(v, c) = in(v, c) + in(v, c + 1) + in(v, c + 2),
                  out(r, c) = across(r, c) + across(r + 1, c) + across(r + 2, c));
  }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(compute_at(across, r), virtual_thread(r)); }
#else
  constexpr auto schedule(cpu_target) const {
    return steps(compute_at(across, r), store_root(across), slide(across), virtual_thread(r));
  }
#endif
};

cpu::kernel<refused> run;
