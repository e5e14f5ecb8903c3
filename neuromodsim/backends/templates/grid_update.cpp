{#
 One step of a pool on a grid: the sum over a voxel's neighbours, less as many times its own value, over
 dx squared, and what the pool's equations make of it. One pass over the planes: while a plane is summed,
 the one below it, which only the same voxel's sum still reads, is updated with its own sums. So memory is
 read and written once, one plane of sums stays in the cache, and the divisions of uptake run beside the
 additions. The first plane is updated last, since the last one may border on it. At a wall with no flux the
 neighbour is the voxel itself. Rows run along x, which is contiguous; loops run over whole planes, so the
 ends of rows are worked out apart. Written for the C++ of Brian2 2.9 and 2.10.
#}
{# USES_VARIABLES { N } #}
{# ALLOWS_SCALAR_WRITE #}
{% extends 'common_group.cpp' %}
{% block maincode %}
    {% set nz, ny, nx = shape %}
    {% set plane = nx * ny %}
    {% macro total(left, right, north, south, k) -%}
    {{ per_area }} * (_c[{{ left }}] + _c[{{ right }}]
        {%- if ny > 1 %} + _c[{{ k }} + {{ north }}] + _c[{{ k }} + {{ south }}]{% endif %}
        {%- if nz > 1 %} + _above[{{ k }}] + _below[{{ k }}]{% endif %}
        - {{ 2.0 + 2 * (ny > 1) + 2 * (nz > 1) }} * _c[{{ k }}])
    {%- endmacro %}
    {# The rows from y0 to y1, whose neighbours lie so far to the north and south. #}
    {% macro rows(y0, y1, north, south) %}
    {% set east, first, last = nx - 1, y0 * nx, y1 * nx - 1 %}
        for (int _y = {{ y0 }}; _y < {{ y1 }}; _y++) {
            const int _w = _y * {{ nx }}, _e = _w + {{ east }};
            _ends[2 * _y] = {{ total('_e' if periodic else '_w', '_w + 1' if nx > 1 else '_w', north, south, '_w') }};
            _ends[2 * _y + 1] = {{ total('_e - 1' if nx > 1 else '_e', '_w' if periodic else '_e', north, south, '_e') }};
        }
        // Not from the first or to the last: their neighbours to the left and right may lie outside the array.
        if (_updates) _advance(_start + {{ first }}, _sums[{{ first }}]);
        #pragma GCC ivdep
        for (int _k = {{ first + 1 }}; _k < {{ last }}; _k++) {
            const double _sum = {{ total('_k - 1', '_k + 1', north, south, '_k') }};
            if (_updates) _advance(_start + _k, _sums[_k]);
            _sums[_k] = _sum;
        }
        {% if last > first %}
        if (_updates) _advance(_start + {{ last }}, _sums[{{ last }}]);
        {% endif %}
        for (int _y = {{ y0 }}; _y < {{ y1 }}; _y++) {
            _sums[_y * {{ nx }}] = _ends[2 * _y];
            _sums[_y * {{ nx }} + {{ east }}] = _ends[2 * _y + 1];
        }
    {% endmacro %}
    const size_t _vectorisation_idx = -1;
    {{scalar_code|autoindent}}
    static double _first[{{ plane }}], _others[{{ plane }}], _ends[{{ 2 * ny }}];

    const auto _advance = [&](const int _idx, const double _sum) __attribute__((always_inline)) {
        const size_t _vectorisation_idx = _idx;
        {{ from_sum(vector_code, written)|autoindent }}
    };
    // Sums up a plane, and updates the one below it if it is told to.
    const auto _pass = [&](const int _z, const auto _updates, double* const __restrict _sums) {
        const double* const _c = {{ read }} + _z * {{ plane }};
        {% if nz > 1 %}
        const double* const _above = _z < {{ nz - 1 }} ? _c + {{ plane }} : {{ read if periodic else '_c' }};
        const double* const _below = _z > 0 ? _c - {{ plane }} : {{ '_c + %d' % ((nz - 1) * plane) if periodic else '_c' }};
        {% endif %}
        const int _start = (_z - 1) * {{ plane }};
        {% set back = plane - nx %}
        {% if ny > 1 %}
        {{ rows(0, 1, nx, back if periodic else 0) }}
        {% if ny > 2 %}
        {{ rows(1, ny - 1, nx, -nx) }}
        {% endif %}
        {{ rows(ny - 1, ny, -back if periodic else 0, -nx) }}
        {% else %}
        {{ rows(0, 1, 0, 0) }}
        {% endif %}
    };
    const auto _update = [&](const int _z, const double* const _sums) {
        #pragma GCC ivdep
        for (int _k = 0; _k < {{ plane }}; _k++)
            _advance(_z * {{ plane }} + _k, _sums[_k]);
    };
    _pass(0, std::false_type{}, _first);
    {% if nz > 1 %}
    _pass(1, std::false_type{}, _others);
    for (int _z = 2; _z < {{ nz }}; _z++)
        _pass(_z, std::true_type{}, _others);
    _update({{ nz - 1 }}, _others);
    {% endif %}
    _update(0, _first);
{% endblock %}
{% block extra_functions_cpp %}
void _debugmsg_{{codeobj_name}}() {}
{% endblock %}
{% block extra_functions_h %}
void _debugmsg_{{codeobj_name}}();
{% endblock %}
{% macro main_finalise() -%}
{% endmacro %}
