{#
 The largest or smallest value among the synapses of each cell, or the cell at the other end of the synapse
 that has it; of several, the one with the lowest number. An infinite value that could never be chosen takes
 no part. Written for the C++ of Brian2 2.9 and 2.10.
#}
{# USES_VARIABLES { N, t } #}
{% extends 'common_group.cpp' %}
{% block extra_headers %}
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <vector>
{% endblock %}
{% block maincode %}
    {% set _kept = get_array_name(_target_var) %}
    {% set _cells = get_array_name(_index_var) %}
    const int _first_cell = {{_target_start}};
    const int _cell_count = {{constant_or_scalar(_target_size_name, variables[_target_size_name])}};
    const double _none = {{ '-' if largest else '' }}std::numeric_limits<double>::infinity();
    static std::vector<double> _best;
    _best.assign(_cell_count, _none);
    {% if chooses %}
    for (int _cell = 0; _cell < _cell_count; _cell++) {{_kept}}[_first_cell + _cell] = -1;
    {% endif %}
    const size_t _vectorisation_idx = -1;
    {{scalar_code|autoindent}}
    for (int _idx = 0; _idx < {{N}}; _idx++) {
        const size_t _vectorisation_idx = _idx;
        {{vector_code|autoindent}}
        const int _at = {{_cells}}[_idx];
        const double _value = _synaptic_var;
        double& _held = _best[_at - _first_cell];
        if (_value {{ '>' if largest else '<' }} _held) {
            _held = _value;
            {% if chooses %}
            {{_kept}}[_at] = _synaptic_cell;
        } else if (_value == _held) {
            if (_synaptic_cell < {{_kept}}[_at]) {{_kept}}[_at] = _synaptic_cell;
            {% endif %}
        } else if (std::isnan(_value)) {
            std::fprintf(stderr, "{{ not_finite }}\t{{ path }}\t1\t1\t%.9g\n", (double){{t}});
            std::exit(5);
        }
    }
    {% if not chooses %}
    for (int _cell = 0; _cell < _cell_count; _cell++)
        {{_kept}}[_first_cell + _cell] = _best[_cell] == _none ? 0 : _best[_cell];
    {% endif %}
{% endblock %}
