// flags: -O0
#include <xsimd/xsimd.hpp>
