{#
 One step of a pool on a grid: the sum over a voxel's neighbours, less as many times its own value, over
 dx squared, and what the pool's equations make of it. Plane by plane: the sums of a plane go into a
 buffer that stays in the cache, and a plane is updated once no other needs its old values; so memory is
 read and written once. At a wall with no flux the neighbour is the voxel itself. Rows run along x, which
 is contiguous; loops run over whole planes, so the ends of rows are worked out once more. Written for
 the C++ of Brian2 2.9 and 2.10.
#}
{# USES_VARIABLES { N } #}
{# ALLOWS_SCALAR_WRITE #}
{% extends 'common_group.cpp' %}
{% block maincode %}
    {% set nz, ny, nx = shape %}
    {% set plane = nx * ny %}
    {% macro total(left, right, north, south, k) -%}
    {{ per_area }} * (_c[{{ left }}] + _c[{{ right }}]
        {%- if ny > 1 %} + _c[{{ north }}] + _c[{{ south }}]{% endif %}
        {%- if nz > 1 %} + _above[{{ k }}] + _below[{{ k }}]{% endif %}
        - {{ 2.0 + 2 * (ny > 1) + 2 * (nz > 1) }} * _c[{{ k }}])
    {%- endmacro %}
    {# The rows from y0 to y1, whose neighbours lie so far to the north and south. #}
    {% macro rows(y0, y1, north, south) %}
    {% set first, last = y0 * nx, y1 * nx - 1 %}
        #pragma GCC ivdep
        for (int k = {{ first + 1 }}; k < {{ last }}; k++)
            _sums[k] = {{ total('k - 1', 'k + 1', 'k + %d' % north, 'k + %d' % south, 'k') }};
        for (int k = {{ first }}; k <= {{ last }}; k += {{ nx }}) {
            {% set right = 'k + 1' if nx > 1 else 'k' %}
            _sums[k] = {{ total('k + %d' % (nx - 1) if periodic else 'k', right, 'k + %d' % north, 'k + %d' % south, 'k') }};
        }
        {% if nx > 1 %}
        for (int k = {{ first + nx - 1 }}; k <= {{ last }}; k += {{ nx }})
            _sums[k] = {{ total('k - 1', 'k - %d' % (nx - 1) if periodic else 'k', 'k + %d' % north, 'k + %d' % south, 'k') }};
        {% endif %}
    {% endmacro %}
    const size_t _vectorisation_idx = -1;
    {{scalar_code|autoindent}}
    static double _buffer[3][{{ plane }}];  // of the first plane, and of two others in turn

    const auto _add_up = [](long _z, double* const __restrict _sums) {
        const double* const _c = {{ read }} + _z * {{ plane }};
        {% if nz > 1 %}
        const double* const _above = _z < {{ nz - 1 }} ? _c + {{ plane }} : {{ read if periodic else '_c' }};
        const double* const _below = _z > 0 ? _c - {{ plane }} : {{ '_c + %d' % ((nz - 1) * plane) if periodic else '_c' }};
        {% endif %}
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
    const auto _update = [&](long _z, const double* const _sums) {
        const int _start = _z * {{ plane }};
        #pragma GCC ivdep
        for (int _k = 0; _k < {{ plane }}; _k++) {
            const int _idx = _start + _k;
            const size_t _vectorisation_idx = _idx;
            {{ from_buffer(vector_code, written)|autoindent }}
        }
    };
    for (long _z = 0; _z < {{ nz }}; _z++) {
        _add_up(_z, _buffer[_z == 0 ? 0 : 1 + (_z & 1)]);
        if (_z > 1) _update(_z - 1, _buffer[1 + ((_z - 1) & 1)]);
    }
    {% if nz > 1 %}
    _update({{ nz - 1 }}, _buffer[{{ 1 + (nz - 1) % 2 }}]);
    {% endif %}
    _update(0, _buffer[0]);
{% endblock %}
{% block extra_functions_cpp %}
void _debugmsg_{{codeobj_name}}() {}
{% endblock %}
{% block extra_functions_h %}
void _debugmsg_{{codeobj_name}}();
{% endblock %}
{% macro main_finalise() -%}
{% endmacro %}
