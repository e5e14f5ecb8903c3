{#
 A projection with one delay for all synapses. Brian2 copies the number of each synapse of each spike into
 a queue, and the queue into a list. Here the cells that fired wait in a ring of one list per step; when
 their time comes, the synapses of each are walked through where they lie. Synapses are touched in the same
 order as by Brian2's queue. Written for the C++ of Brian2 2.9 and 2.10.
#}
{# USES_VARIABLES { _synaptic_pre } #}
{% extends 'common_synapses.cpp' %}
{% block extra_headers %}
{{ super() }}
#include <algorithm>
#include <vector>
{% endblock %}
{% block maincode %}
{% macro fetch() %}
{% for name, variable in variables.items() %}
{% if variable.dynamic is defined and variable.dynamic and variable_indices[name] == '_idx' %}
__builtin_prefetch({{ get_array_name(variable) }} + _later);
{% endif %}
{% endfor %}
{% endmacro %}
    static std::vector<int32_t> _first;  // of each cell: where its synapses begin
    static std::vector<int32_t> _order;  // synapses cell by cell; empty where they lie so
    static std::vector<std::vector<int32_t>> _ring;
    static size_t _now = 0;
    const int32_t* __restrict _spikes = {{ eventspace }};
    if (_ring.empty()) {
        const std::vector<int32_t>& _cells = {{ cells }};
        _first.assign({{ sources }} + 1, 0);
        bool _sorted = true;
        for (size_t _k = 0; _k < _cells.size(); _k++) {
            _first[_cells[_k] + 1]++;
            if (_k && _cells[_k] < _cells[_k - 1]) _sorted = false;
        }
        for (int _k = 0; _k < {{ sources }}; _k++) _first[_k + 1] += _first[_k];
        if (!_sorted) {
            std::vector<int32_t> _place(_first.begin(), _first.end() - 1);
            _order.resize(_cells.size());
            for (size_t _k = 0; _k < _cells.size(); _k++) _order[_place[_cells[_k]]++] = _k;
        }
        _ring.resize((size_t)({{ delay }} / {{ step }} + 0.5) + 1);
        {% for place in turns %}
        {{ place.storage }}::expect(neuromodsim::{{ side }}, {{ sources }});
        {% endfor %}
    }
    const size_t _vectorisation_idx = -1;
    {{scalar_code|autoindent}}
    _ring[_now].assign(_spikes, _spikes + _spikes[{{ sources }}]);
    _now = _now + 1 == _ring.size() ? 0 : _now + 1;
    for (const int32_t _cell : _ring[_now]) {
        const int32_t _end = _first[_cell + 1];
        {% if turns %}
        // Where nothing has turned since this cell last fired, none of its weights has turns to follow.
        bool _fresh = true;
        {% for place in turns %}
        _fresh = _fresh && {{ place.storage }}::fresh(neuromodsim::{{ side }}, _cell);
        {% endfor %}
        {% endif %}
        {% for fresh in (true, false) if turns or not fresh %}
        {% if turns %}
        {{ 'if (_fresh) {' if fresh else 'else {' }}
        {% endif %}
        {% for sorted in (true, false) %}
        {{ 'if (_order.empty()) {' if sorted else 'else {' }}
            {% if not sorted %}
            // Synapses of one target lie far apart: each is fetched while earlier ones are worked on.
            for (int32_t _k = _first[_cell]; _k < std::min(_end, _first[_cell] + {{ ahead }}); _k++) {
                const int32_t _later = _order[_k];
                {{ fetch() }}
            }
            {% endif %}
            for (int32_t _k = _first[_cell]; _k < _end; _k++) {
                {% if not sorted %}
                if (_k + {{ ahead }} < _end) {
                    const int32_t _later = _order[_k + {{ ahead }}];
                    {{ fetch() }}
                }
                {% endif %}
                const size_t _idx = {{ '_k' if sorted else '_order[_k]' }};
                const size_t _vectorisation_idx = _idx;
                {{(without_turns(as_text(vector_code), turns) if fresh else vector_code)|autoindent}}
            }
        }
        {% endfor %}
        {% if turns %}
        }
        {% endif %}
        {% endfor %}
        {% for place in turns %}
        {{ place.storage }}::touch(neuromodsim::{{ side }}, _cell);
        {% endfor %}
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
