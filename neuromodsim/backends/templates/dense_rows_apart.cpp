{#
 As dense_rows.cpp, for a population wired to itself without the connection of each cell to itself. The loop
 over targets is cut where one of the cells is the target, which its own row passes over.
#}
{# USES_VARIABLES { _synaptic_pre } #}
{% extends 'common_synapses.cpp' %}
{% block maincode %}
{% macro one_synapse(row, fresh) %}
const size_t _idx = _row{{ row }} + _target;
const size_t _vectorisation_idx = _idx;
{{ along_row(without_turns(as_text(vector_code), turns if fresh else ()), '_cell%d' % row) }}
{%- endmacro %}
    const size_t _vectorisation_idx = -1;
    {{scalar_code|autoindent}}
    const int32_t* __restrict _spikes = {{ eventspace }};
    const int _num_spikes = _spikes[{{ sources }}];
    {% for place in turns %}
    {{ place.storage }}::expect(neuromodsim::{{ side }}, {{ sources }});
    {% endfor %}
    int _spike = 0;
    {% for rows in (8, 1) %}
    for (; _spike + {{ rows }} <= _num_spikes; _spike += {{ rows }}) {
        {% for row in range(rows) %}
        const int32_t _cell{{ row }} = _spikes[_spike + {{ row }}];
        {% endfor %}
        {% if turns %}
        // Where nothing has turned since these cells last fired, none of their weights has turns to follow.
        bool _fresh = true;
        {% for place in turns %}
        {% for row in range(rows) %}
        _fresh = _fresh && {{ place.storage }}::fresh(neuromodsim::{{ side }}, _cell{{ row }});
        {% endfor %}
        {% endfor %}
        {% endif %}
        {% for fresh in (true, false) if turns or not fresh %}
        {% if turns %}
        {{ 'if (_fresh) {' if fresh else 'else {' }}
        {% endif %}
        for (int _from = 0; _from < {{ targets }};) {
            int _to = {{ targets }};  // the next target that is one of these cells
            {% for row in range(rows) %}
            if (_cell{{ row }} >= _from && _cell{{ row }} < _to) _to = _cell{{ row }};
            {% endfor %}
            {% for row in range(rows) %}
            // Past its own place, a row has one synapse less.
            const size_t _row{{ row }} = (size_t)_cell{{ row }} * {{ targets - 1 }} - (_cell{{ row }} < _from);
            {% endfor %}
            {% if independent %}
            #pragma GCC ivdep
            {% endif %}
            for (int _target = _from; _target < _to; _target++) {
                {% for row in range(rows) %}
                {
                    {{ one_synapse(row, fresh)|indent(20) }}
                }
                {% endfor %}
            }
            if (_to < {{ targets }}) {
                const int _target = _to;
                {% for row in range(rows) %}
                if (_cell{{ row }} != _target) {
                    {{ one_synapse(row, fresh)|indent(20) }}
                }
                {% endfor %}
            }
            _from = _to + 1;
        }
        {% if turns %}
        }
        {% endif %}
        {% endfor %}
        {% for place in turns %}
        {% for row in range(rows) %}
        {{ place.storage }}::touch(neuromodsim::{{ side }}, _cell{{ row }});
        {% endfor %}
        {% endfor %}
    }
    {% endfor %}
{% endblock %}
{% block extra_functions_cpp %}
void _debugmsg_{{codeobj_name}}() {}
{% endblock %}
{% block extra_functions_h %}
void _debugmsg_{{codeobj_name}}();
{% endblock %}
{% macro main_finalise() -%}
{% endmacro %}
