#pragma once

#include <string>

namespace fashion {

/// Prints the loops of the second convolution and what they cost; writes its schedule step by step as a page of HTML.
void explain_second_convolution(std::string const& page);

}  // namespace fashion
