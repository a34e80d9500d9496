#pragma once

#include <bench/harness.hpp>

#include <Halide.h>

#include <memory>

namespace tenon::bench {

/// A Halide pipeline of one input, its image of the data and a task that runs it.
struct halide_pipeline {
  Halide::ImageParam input{Halide::Float(32), 1};
  Halide::Func result{"result"};
  Halide::Buffer<float> from, to;

  /// Compiles now, so that calls only run; the pipeline lives as long as the task.
  static task compiled(std::shared_ptr<halide_pipeline> const& self) {
    self->input.set(self->from);
    self->result.compile_jit(Halide::get_host_target().with_feature(Halide::Target::NoAsserts));
    return [self] { self->result.realize(self->to); };
  }
};

}  // namespace tenon::bench
