#include <tenon/tenon.hpp>

int second_unit();

int main() { return second_unit() == 2 ? 0 : 1; }
