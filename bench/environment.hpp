#pragma once

namespace tenon::bench {

/// Starts the program again, once, with the settings that the peers read before main: one thread each, and
/// the OpenBLAS kernels that fit the machine. A setting made by the user is kept.
void settle_environment(char** arguments);

/// The OpenBLAS kernels asked for, or "its own choice".
char const* openblas_kernels();

}  // namespace tenon::bench
