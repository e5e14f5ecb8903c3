{#
 A projection from all to all, without delay: the synapses of a cell are one row of a matrix, and what
 a spike does to them is a loop over that row, which compilers vectorise. Rows go eight at a time, so
 that the target's variables are read and written once for eight spikes; each target still adds its
 inputs in the order of the spikes. Written for the C++ of Brian2 2.9 and 2.10.
#}
{# USES_VARIABLES { _synaptic_pre } #}
{% extends 'common_synapses.cpp' %}
{% block maincode %}
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
        const size_t _row{{ row }} = (size_t)_cell{{ row }} * {{ targets }};
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
        {% if independent %}
        #pragma GCC ivdep
        {% endif %}
        for (int _target = 0; _target < {{ targets }}; _target++) {
            {% for row in range(rows) %}
            {
                const size_t _idx = _row{{ row }} + _target;
                const size_t _vectorisation_idx = _idx;
                {{ along_row(without_turns(as_text(vector_code), turns if fresh else ()), '_cell%d' % row)|autoindent }}
            }
            {% endfor %}
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
