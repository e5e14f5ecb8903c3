{#
 The sum over a voxel's neighbours, less as many times its own value, over dx squared. At a wall with no
 flux the neighbour is the voxel itself. Rows run along x, which is contiguous. Written for the C++ of
 Brian2 2.9 and 2.10.
#}
{% extends 'common_group.cpp' %}
{% block maincode %}
{% set nz, ny, nx = shape %}
{% macro beside(n, k, step, stride) %}
    {%- if periodic -%} ({{ k }} == {{ n - 1 if step > 0 else 0 }} ? {{ -step * (n - 1) * stride }} : {{ step * stride }})
    {%- else -%} ({{ k }} == {{ n - 1 if step > 0 else 0 }} ? 0 : {{ step * stride }})
    {%- endif -%}
{% endmacro %}
    const double* const _from = {{ read }};
    double* const _to = {{ written }};
    for (long z = 0; z < {{ nz }}; z++)
        for (long y = 0; y < {{ ny }}; y++) {
            const double* const c = _from + (z * {{ ny }} + y) * {{ nx }};
            double* __restrict const out = _to + (z * {{ ny }} + y) * {{ nx }};
            {% if ny > 1 %}
            const double* const north = c + {{ beside(ny, 'y', 1, nx) }};
            const double* const south = c + {{ beside(ny, 'y', -1, nx) }};
            {% endif %}
            {% if nz > 1 %}
            const double* const above = c + {{ beside(nz, 'z', 1, nx * ny) }};
            const double* const below = c + {{ beside(nz, 'z', -1, nx * ny) }};
            {% endif %}
            {% macro sum(left, right, x) -%}
            {{ per_area }} * (c[{{ left }}] + c[{{ right }}]
                {%- if ny > 1 %} + north[{{ x }}] + south[{{ x }}]{% endif %}
                {%- if nz > 1 %} + above[{{ x }}] + below[{{ x }}]{% endif %}
                - {{ 2.0 + 2 * (ny > 1) + 2 * (nz > 1) }} * c[{{ x }}])
            {%- endmacro %}
            {% if nx == 1 %}
            out[0] = {{ sum(0, 0, 0) }};
            {% else %}
            out[0] = {{ sum(nx - 1 if periodic else 0, 1, 0) }};
            #pragma GCC ivdep
            for (long x = 1; x < {{ nx - 1 }}; x++)
                out[x] = {{ sum('x - 1', 'x + 1', 'x') }};
            out[{{ nx - 1 }}] = {{ sum(nx - 2, 0 if periodic else nx - 1, nx - 1) }};
            {% endif %}
        }
{% endblock %}
{% block extra_functions_cpp %}
void _debugmsg_{{codeobj_name}}() {}
{% endblock %}
{% block extra_functions_h %}
void _debugmsg_{{codeobj_name}}();
{% endblock %}
{% macro main_finalise() -%}
{% endmacro %}
