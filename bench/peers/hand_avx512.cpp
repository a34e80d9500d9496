#include <bench/workloads/axpy.hpp>
#include <bench/workloads/blur.hpp>
#include <bench/workloads/gelu.hpp>
#include <bench/workloads/gelu_chain.hpp>

// Written with intrinsics: what the machine allows, not what somebody else's library does.
#if defined(__AVX512F__)

#include <immintrin.h>

namespace tenon::bench {

namespace {

contender<axpy> const vectors("by hand, AVX-512", role::yardstick, [](axpy& p) -> task {
  return [x = p.x.data(), y = p.y.data(), a = p.a, size = p.y.size()] {
    __m512 const factor = _mm512_set1_ps(a);
    for (std::size_t n = 0; n < size; n += 64) {
      for (std::size_t v = n; v < n + 64; v += 16) {
        _mm512_store_ps(y + v, _mm512_fmadd_ps(factor, _mm512_load_ps(x + v), _mm512_load_ps(y + v)));
      }
    }
  };
});

// 2^t, relative error below 1e-6: the whole part goes to the exponent, a polynomial does the rest.
__m512 exp2(__m512 t) {
  __m512 const whole = _mm512_roundscale_ps(t, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  __m512 const rest = _mm512_sub_ps(t, whole);
  __m512 sum = _mm512_set1_ps(0.00133335581F);
  sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(0.00961812911F));
  sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(0.0555041087F));
  sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(0.240226507F));
  sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(0.693147181F));
  sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(1.0F));
  return _mm512_scalef_ps(sum, whole);
}

// 0.5 t (1 + tanh u) is t / (1 + exp(-2 u)).
__m512 gelu_of(__m512 t) {
  constexpr float to_power_of_two = -2.0F * 1.44269504F * gelu_scale;
  __m512 const cube = _mm512_fmadd_ps(_mm512_mul_ps(t, t), _mm512_set1_ps(to_power_of_two * gelu_cube),
                                      _mm512_set1_ps(to_power_of_two));
  __m512 const below = _mm512_add_ps(_mm512_set1_ps(1.0F), exp2(_mm512_mul_ps(t, cube)));
  __m512 const guess = _mm512_rcp14_ps(below);
  __m512 const factor = _mm512_mul_ps(guess, _mm512_fnmadd_ps(below, guess, _mm512_set1_ps(2.0F)));
  // Where exp overflowed the quotient is 0; the correction of the guess would make it NaN.
  __mmask16 const finite = _mm512_cmp_ps_mask(below, _mm512_set1_ps(1e30F), _CMP_LT_OQ);
  return _mm512_maskz_mul_ps(finite, t, factor);
}

template <bool Streaming>
task chain_task(gelu_chain& p) {
  return [&p] {
    __m512 const w = _mm512_set1_ps(p.w);
    __m512 const b = _mm512_set1_ps(p.b);
    float const* const x = p.x.data();
    float* const y = p.y.data();
    for (std::size_t n = 0; n < p.y.size(); n += 64) {
      for (std::size_t v = n; v < n + 64; v += 16) {
        __m512 const result = gelu_of(_mm512_fmadd_ps(_mm512_load_ps(x + v), w, b));
        Streaming ? _mm512_stream_ps(y + v, result) : _mm512_store_ps(y + v, result);
      }
    }
    _mm_sfence();
  };
}

contender<gelu_chain> const chain("by hand, AVX-512", role::yardstick, chain_task<false>);
contender<gelu_chain> const streamed("by hand, AVX-512, streaming stores", role::yardstick, chain_task<true>);

__m512 across(float const* in) {
  __m512 const sum =
      _mm512_add_ps(_mm512_add_ps(_mm512_loadu_ps(in), _mm512_loadu_ps(in + 1)), _mm512_loadu_ps(in + 2));
  return _mm512_mul_ps(sum, _mm512_set1_ps(1.0F / 3.0F));
}

// Strips of eight rows, column by column of sixteen floats: eight streams to memory side by side, and ten rows across
// in registers.
template <bool Streaming, int Ahead>
task blur_task(blur& p) {
  constexpr int rows = 8;
  if (p.width % 16 != 0 || p.height % rows != 0) { return {}; }
  return [&p] {
    __m512 const third = _mm512_set1_ps(1.0F / 3.0F);
    for (std::ptrdiff_t y = 0; y < p.height; y += rows) {
      for (std::ptrdiff_t x = 0; x < p.width; x += 16) {
        float const* const in = p.in.data() + y * p.in_pitch + x;
        float* const out = p.out.data() + y * p.out_pitch + x;
        if constexpr (Ahead > 0) {
#pragma GCC unroll 10
          for (std::ptrdiff_t r = 0; r < rows + 2; ++r) { _mm_prefetch(in + r * p.in_pitch + Ahead, _MM_HINT_T0); }
        }
        __m512 first = across(in);
        __m512 second = across(in + p.in_pitch);
#pragma GCC unroll 8
        for (std::ptrdiff_t r = 0; r < rows; ++r) {
          __m512 const next = across(in + (r + 2) * p.in_pitch);
          __m512 const result = _mm512_mul_ps(_mm512_add_ps(_mm512_add_ps(first, second), next), third);
          Streaming ? _mm512_stream_ps(out + r * p.out_pitch, result) : _mm512_store_ps(out + r * p.out_pitch, result);
          first = second;
          second = next;
        }
      }
    }
    _mm_sfence();
  };
}

contender<blur> const strips("by hand, strips 16 x 8", role::yardstick, blur_task<false, 0>);
contender<blur> const streamed_strips("by hand, strips 16 x 8, streaming stores", role::yardstick, blur_task<true, 0>);
contender<blur> const early_strips("by hand, the same fetching 64 floats ahead", role::yardstick, blur_task<true, 64>);

}  // namespace

}  // namespace tenon::bench

#endif
