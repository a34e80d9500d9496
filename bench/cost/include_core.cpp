// flags: -O0
#include <tenon/core.hpp>
