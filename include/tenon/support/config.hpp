#pragma once

// A kernel is one function once optimised. Without optimisation it is many: quick to compile, and a debugger can step through them.
// `unused` is there to have an attribute that says nothing: cudafe++ does not survive an empty list.
#if defined(__OPTIMIZE__)
#define TENON_ALWAYS always_inline
#else
#define TENON_ALWAYS unused
#endif
