// flags: -O0
#include <tenon/tenon.hpp>
