{#
 Which cells fire. Brian2 asks each cell in turn and writes its number if so, which a processor cannot
 foresee where a quarter of them do. Here conditions are worked out for all cells first, as bytes, in a
 loop that compilers vectorise; then the numbers of those that are not zero are gathered, sixteen at a
 time where the processor can, else eight at a time. Written for the C++ of Brian2 2.9 and 2.10.
#}
{# USES_VARIABLES { N } #}
{% extends 'common_group.cpp' %}
{% block extra_headers %}
#ifdef __AVX512BW__
#include <immintrin.h>
#endif
{% endblock %}
{% block maincode %}
    {% set _eventspace = get_array_name(eventspace_variable) %}
    const size_t _vectorisation_idx = -1;
    {{scalar_code|autoindent}}
    alignas(64) static unsigned char _fires[{{ cells }} + 64];  // what is beyond the last cell stays 0
    #pragma GCC ivdep
    for (int _idx = 0; _idx < {{ cells }}; _idx++) {
        const size_t _vectorisation_idx = _idx;
        {{vector_code|autoindent}}
        _fires[_idx] = _cond ? 1 : 0;
    }
    int32_t* const __restrict _events = {{_eventspace}};
    int _count = 0;
#if defined(__AVX512BW__) && defined(__AVX512VL__)
    __m512i _numbers = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    for (int _start = 0; _start < {{ cells }}; _start += 16) {
        const __m128i _bytes = _mm_load_si128((const __m128i*)(_fires + _start));
        const __mmask16 _set = _mm_test_epi8_mask(_bytes, _bytes);
        _mm512_mask_compressstoreu_epi32(_events + _count, _set, _numbers);
        _count += __builtin_popcount(_set);
        _numbers = _mm512_add_epi32(_numbers, _mm512_set1_epi32(16));
    }
#else
    for (int _start = 0; _start < {{ cells }}; _start += 8) {
        uint64_t _bytes;
        __builtin_memcpy(&_bytes, _fires + _start, 8);
        for (; _bytes; _bytes &= _bytes - 1)
            _events[_count++] = _start + (__builtin_ctzll(_bytes) >> 3);
    }
#endif
    _events[{{ cells }}] = _count;
{% endblock %}
{% block after_code %}
    {{get_array_name(eventspace_variable)}}[{{ cells }}] = 0;
{% endblock %}
