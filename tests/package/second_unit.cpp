#include <tenon/tenon.hpp>

int second_unit();

int second_unit() { return 2; }
