// flags: -O3 --expt-relaxed-constexpr -gencode=arch=compute_90a,code=sm_90a
#include <tenon/cuda.hpp>
