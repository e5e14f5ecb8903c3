{#
 A projection whose synapses have delays of their own. Brian2 copies the number of each synapse of each spike
 into a queue. Here each spike puts the runs of its cell, synapses of one delay each, into a ring of one list
 per step; when their time comes, the synapses of each are walked through where they lie. Written for the C++
 of Brian2 2.9 and 2.10.
#}
{# USES_VARIABLES { _synaptic_pre } #}
{% extends 'common_synapses.cpp' %}
{% block extra_headers %}
{{ super() }}
#include <algorithm>
#include <vector>
#include "{{ header }}"
{% endblock %}
{% block maincode %}
{% macro fetch() %}
{% for name, variable in variables.items() %}
{% if variable.dynamic is defined and variable.dynamic and variable_indices[name] == '_idx' %}
__builtin_prefetch({{ get_array_name(variable) }} + _later);
{% endif %}
{% endfor %}
{% endmacro %}
    neuromodsim::Runs& _runs = neuromodsim::runs<{{ number }}>;
    static std::vector<std::vector<int32_t>> _ring;
    static size_t _now = 0;
    const int32_t* __restrict _spikes = {{ eventspace }};
    if (_ring.empty()) {
        _runs.arrange({{ cells }}, {{ delays }}, {{ step }}, {{ sources }}, {{ 'true' if turns else 'false' }});
        _ring.resize({{ '_runs.longest + 1' if waits else '1' }});
        {% for place in turns %}
        {{ place.storage }}::expect(neuromodsim::{{ side }}, _runs.steps.size());
        {% endfor %}
    }
    const size_t _vectorisation_idx = -1;
    {{scalar_code|autoindent}}
    for (int32_t _s = 0; _s < _spikes[{{ sources }}]; _s++) {
        const int32_t _cell = _spikes[_s];
        for (int32_t _run = _runs.of_cell[_cell]; _run < _runs.of_cell[_cell + 1]; _run++) {
            {% if waits %}
            const size_t _then = _now + _runs.steps[_run];
            _ring[_then < _ring.size() ? _then : _then - _ring.size()].push_back(_run);
            {% else %}
            _ring[0].push_back(_run);
            {% endif %}
        }
    }
    const int32_t* const _begin = _runs.begin.data();
    const int32_t* const _order = _runs.order.data();
    for (const int32_t _run : _ring[_now]) {
        const int32_t _end = _begin[_run + 1];
        {% if turns %}
        // Where nothing has turned since this run was last touched, none of its weights has turns to follow.
        bool _fresh = true;
        {% for place in turns %}
        _fresh = _fresh && {{ place.storage }}::fresh(neuromodsim::{{ side }}, _run);
        {% endfor %}
        {% endif %}
        {% for fresh in (true, false) if turns or not fresh %}
        {% if turns %}
        {{ 'if (_fresh) {' if fresh else 'else {' }}
        {% endif %}
        {% for sorted in (true, false) %}
        {{ 'if (_runs.order.empty()) {' if sorted else 'else {' }}
            {% if not sorted %}
            // Synapses of one run lie far apart: each is fetched while earlier ones are worked on.
            for (int32_t _k = _begin[_run]; _k < std::min(_end, _begin[_run] + {{ ahead }}); _k++) {
                const int32_t _later = _order[_k];
                {{ fetch() }}
            }
            {% endif %}
            for (int32_t _k = _begin[_run]; _k < _end; _k++) {
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
        {{ place.storage }}::touch(neuromodsim::{{ side }}, _run);
        {% endfor %}
    }
    _ring[_now].clear();
    _now = _now + 1 == _ring.size() ? 0 : _now + 1;
{% endblock %}
{% block extra_functions_cpp %}
void _debugmsg_{{codeobj_name}}() {}
{% endblock %}
{% block extra_functions_h %}
void _debugmsg_{{codeobj_name}}();
{% endblock %}
{% macro main_finalise() -%}
{% endmacro %}
