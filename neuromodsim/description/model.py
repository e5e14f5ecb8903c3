"""What a model is: equations, parameters with units, and where they come from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any, Literal, Self

from brian2.equations import Equations
from brian2.utils.stringtools import get_identifiers

from neuromodsim.brian import errors_as_python_shows_them, in_turn
from neuromodsim.description.fields import Described, expect_fields
from neuromodsim.description.parameter import Evidence as Evidence
from neuromodsim.description.parameter import Parameter as Parameter
from neuromodsim.description.source import Source as Source
from neuromodsim.description.table import Table as Table
from neuromodsim.description.words import WORDS_OF_CPP, expect_word
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units.kinds import shown

errors_as_python_shows_them()  # here, as Brian2 has been imported for every description

NAMED = re.compile(r"^\s*(?:d(?=\w+\s*/\s*dt))?(\w+)\s*(?:/\s*dt\s*)?(?:[-+*/]?=(?!=)|:)", re.MULTILINE)


@in_turn
@lru_cache(maxsize=4096)
def parsed(equations: str) -> Equations:
    """Return equations as Brian2 reads them, once each; random numbers, which it cannot yet know, as 1.

    Raises
    ------
    WrongInput
        If they cannot be read.
    """
    try:
        return Equations(re.sub(r"\brandn?\(\s*\)", "1", equations))
    except Exception as error:  # whatever a stray text sets off, it is one mistake of whoever wrote it
        said = " ".join(str(error).split()).rstrip(".")
        raise WrongInput(f"Equations cannot be read: {said}.") from error


@dataclass(frozen=True, kw_only=True)
class Model(metaclass=Described):
    """Shared by all models and tasks: a name, a source, and parameters that can be changed.

    ``ranges`` holds the lowest and the highest value that a variable can start from: a number with its unit,
    the name of a parameter, or None for no limit, as in ``{"occupancy": (0, 1), "B": (0 * uM, "total")}``.
    """

    name: str
    summary: str
    source: Source
    equations: str = ""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    initial: Mapping[str, Any] = field(default_factory=dict)  # a value, or an expression of i, N
    ranges: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    made_of: tuple["Model", ...] = ()  # where it was put together from others: these
    single: tuple[str, ...] = ()  # variables kept in single precision: half the room, twice the speed

    def __post_init__(self) -> None:
        """Refuse fields of another kind, and a name that cannot be one in a compiled program."""
        expect_fields(self, str(self.name))
        expect_word("model", self.name)
        written = (getattr(self, f.name) for f in fields(self) if f.name not in ("name", "summary"))
        lines = "\n".join(text for text in written if isinstance(text, str))
        for name in sorted({*self.parameters, *self.tables, *NAMED.findall(lines)} & WORDS_OF_CPP):
            raise WrongInput(
                f"'{name}' of '{self.name}' is a word of C++, which no name in a model can be; "
                f"call it '{name}_' or something else."
            )

    def all_equations(self) -> str:
        """Return the equations that a program holds; those of a task are more than it states itself."""
        return self.equations

    def declarations(self) -> str:
        """Return one Brian line per parameter, so that a compiled program can take other values."""
        return "\n".join(f"{n} : {p.declared}" for n, p in self.parameters.items())

    def with_parameters(self, **values: Any) -> Self:
        """Return a copy with other values.

        Raises
        ------
        WrongInput
            If a name is not a parameter of this model, or a value does not fit it.
        """
        changed = dict(self.parameters)
        for name, value in values.items():
            if name not in changed:
                raise unknown(f"parameter of {self.name}", name, changed)
            changed[name] = changed[name].with_value(f"{self.name}.{name}", value)
        return replace(self, parameters=changed)

    def preset(self, *, name: str, summary: str, source: Source, **parameters: Parameter) -> Self:
        """Return the same equations with the numbers of another publication.

        A parameter that is given keeps the meaning and the range of the one it replaces where it
        has none of its own.

        Raises
        ------
        WrongInput
            If a name is not a parameter of this model, or a value does not fit it.
        """
        changed = dict(self.parameters)
        for key, given in parameters.items():
            if key not in changed:
                raise unknown(f"parameter of {self.name}", key, changed)
            here = changed[key]
            changed[key] = replace(
                here.with_value(f"{name}.{key}", given.value),
                meaning=given.meaning or here.meaning,
                where=given.where,
                evidence=given.evidence,
            )
        return replace(self, name=name, summary=summary, source=source, parameters=changed)


@dataclass(frozen=True, kw_only=True)
class NeuronModel(Model):
    """A cell: its equations, its threshold, and the code run at each step and spike.

    ``step`` is Brian code run once per time step, after the differential equations, such as
    ``v = decay * v + I``. ``events`` maps the names of further events to their conditions, ``on_event`` maps
    events, also ``"task.trial_end"`` and ``"every(10*second)"``, to code.
    ``sends="always"`` makes a rate or discrete-time unit of it: it has no threshold and no spikes, and
    its projections run their ``on_pre`` (and ``on_post``) code in every step.

    Examples
    --------
    >>> from brian2 import ms, mV
    >>> from neuromodsim.description.source import Source
    >>> leaky = NeuronModel(
    ...     name="leaky",
    ...     summary="A leaky integrate-and-fire cell.",
    ...     source=Source(key="own", authors="Me", year=2026, title="Cells", journal="None", doi="10.0/0"),
    ...     equations="dv/dt = (drive - v)/tau : volt  # membrane",
    ...     threshold="v > v_threshold",
    ...     reset="v = 0*mV",
    ...     parameters={
    ...         "tau": Parameter(20 * ms, "membrane time constant", low=1 * ms),
    ...         "drive": Parameter(20 * mV, "where the membrane goes"),
    ...         "v_threshold": Parameter(15 * mV, "where it fires"),
    ...     },
    ... )
    >>> leaky.with_parameters(tau=10 * ms).parameters["tau"].value
    10. * msecond
    """

    threshold: str = ""
    reset: str = ""
    refractory: str = ""
    method: str = "exact"
    step: str = ""
    events: Mapping[str, str] = field(default_factory=dict)
    on_event: Mapping[str, str] = field(default_factory=dict)
    sends: Literal["spikes", "always"] = "spikes"

    def __post_init__(self) -> None:
        """Refuse a way of sending that there is none."""
        super().__post_init__()
        if self.sends not in ("spikes", "always"):
            raise WrongInput(f"'sends of {self.name}' must be 'spikes' or 'always'; got {shown(self.sends)}.")


@dataclass(frozen=True, kw_only=True)
class ModulatorModel(Model):
    """A neuromodulator: the dynamics of its concentration or level, one row per well-mixed region.

    ``level`` names the variable that other components read. ``transporters`` maps each transporter or
    enzyme to the parameter that is its affinity, for which drugs compete.

    Examples
    --------
    >>> from brian2 import ms
    >>> from neuromodsim.description.source import Source
    >>> dopamine = ModulatorModel(
    ...     name="decaying",
    ...     summary="A level that decays.",
    ...     source=Source(key="own", authors="Me", year=2026, title="Levels", journal="None", doi="10.0/0"),
    ...     equations="dd/dt = -d/tau_d : 1",
    ...     level="d",
    ...     parameters={"tau_d": Parameter(200 * ms, "how long it lasts")},
    ... )
    >>> dopamine.declarations()
    'tau_d : second (shared, constant)'
    """

    level: str
    step: str = ""
    method: str = "exact"
    transporters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ReceptorModel(Model):
    """A receptor, a signalling cascade or a sensor that reads a concentration.

    The equations read the concentration as ``C``. ``level`` names the variable that other components read;
    in a circuit it has the name of the receptor. ``free``, if the equations declare it, is the unbound
    fraction, for which ligands compete.

    Examples
    --------
    >>> from brian2 import nmolar
    >>> from neuromodsim.description.source import Source
    >>> receptor = ReceptorModel(
    ...     name="fast",
    ...     summary="Occupancy that follows the concentration at once.",
    ...     source=Source(key="own", authors="Me", year=2026, title="Bound", journal="None", doi="10.0/0"),
    ...     equations="occupancy = C/(C + K_d) : 1",
    ...     parameters={"K_d": Parameter(20 * nmolar, "half of the receptors are bound")},
    ... )
    >>> receptor.level
    'occupancy'
    """

    level: str = "occupancy"


@dataclass(frozen=True, kw_only=True)
class EffectModel(Model):
    """The effect of a modulator on cells, synapses, release or uptake.

    ``changes`` maps a parameter or variable of the target to the expression that replaces it
    wherever the equations and code of the target read it: ``{"v_rest": "v_rest*(1 + K*D1)"}``.
    ``reads`` lists the levels in these expressions. ``transporters`` maps transporters that the effect adds
    to an extracellular compartment, as targets of drugs, to the parameter that is their affinity.

    Examples
    --------
    >>> from neuromodsim.description.source import Source
    >>> depolarise = EffectModel(
    ...     name="depolarise",
    ...     summary="Receptors move the resting potential.",
    ...     source=Source(key="own", authors="Me", year=2026, title="Moved", journal="None", doi="10.0/0"),
    ...     changes={"v_rest": "v_rest*(1 - K*D1)"},
    ...     reads=("D1",),
    ...     parameters={"K": Parameter(0.1, "by how much, with all receptors bound")},
    ... )
    >>> depolarise.changes["v_rest"]
    'v_rest*(1 - K*D1)'
    """

    changes: Mapping[str, str]
    reads: tuple[str, ...]
    transporters: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a level or a parameter that nothing of the effect reads."""
        super().__post_init__()
        texts = [*self.changes.values(), self.equations, *self.transporters.values()]
        texts += [text for text in self.initial.values() if isinstance(text, str)]
        said = "\n".join(line.partition("#")[0] for text in texts for line in text.split("\n"))
        for kind, names in (("level", self.reads), ("parameter", self.parameters)):
            for name in names:
                if name not in get_identifiers(said):
                    raise WrongInput(f"'{self.name}' has a {kind} '{name}', which none of its changes reads.")


@dataclass(frozen=True, kw_only=True)
class SynapseModel(Model):
    """A synapse: its equations, and the code run at each spike.

    A rule of the form *eligibility × modulator* is written as in papers, ``dc/dt = -c/tau_c`` and
    ``dw/dt = c * d / tau_w``; ``modulators`` lists the modulators it reads. ``bounds`` keeps a
    variable between two parameters at all times, ``{"w": ("w_min", "w_max")}``.
    ``on_event`` maps other events to code: of the source (``"burst"``), of the target (``"post.burst"``), of
    the task (``"task.trial_end"``, or ``"task.reward"``, the beginning of a phase) or of the clock
    (``"every(10*second)"``). Code reads a variable of the task as ``reward_task``. ``step`` is code run at
    every synapse once per time step, after all code of events: what a rule does to a weight, where cells act
    in every step. ``method`` integrates clock-driven equations: ``"euler"``, ``"exact"`` where they are
    linear, or another one, such as ``"milstein"`` for noise. ``random="sequence"`` draws chance from Brian2's
    generator, whose numbers depend on the device, instead of a function of synapse, step and seed.

    An eligibility may be driven between spikes by another trace, ``dx/dt = -x/tau_x`` and
    ``dc/dt = -c/tau_c + hazard_post*x``, times any variable of the target cell, as in R-max (Frémaux et al.
    2010), or at a constant rate, as alpha-shaped traces are. ``dw/dt`` may read the target cell too. What is
    read is held for a time step at its value at the step's start.

    Examples
    --------
    >>> from brian2 import ms
    >>> from neuromodsim.description.source import Source
    >>> rule = SynapseModel(
    ...     name="rule",
    ...     summary="Presynaptic spikes leave a trace, and dopamine makes a weight of it.",
    ...     source=Source(key="own", authors="Me", year=2026, title="A rule", journal="None", doi="10.0/0"),
    ...     equations='''
    ...     dc/dt = -c/tau_c : 1     # eligibility trace
    ...     dw/dt = c*d/tau_w : 1    # weight
    ...     d : 1                    # dopamine
    ...     ''',
    ...     on_pre="c += 1",
    ...     modulators=("d",),
    ...     bounds={"w": ("w_min", "w_max")},
    ...     parameters={
    ...         "tau_c": Parameter(1000 * ms, "how long the trace lasts"),
    ...         "tau_w": Parameter(1000 * ms, "how fast the weight moves"),
    ...         "w_min": Parameter(0.0, "lowest weight"),
    ...         "w_max": Parameter(4.0, "highest weight"),
    ...     },
    ... )
    >>> rule.modulators
    ('d',)
    """

    on_pre: str = ""
    on_post: str = ""
    on_event: Mapping[str, str] = field(default_factory=dict)
    step: str = ""
    method: str = "euler"
    random: Literal["counter", "sequence"] = "counter"
    modulators: tuple[str, ...] = ()
    bounds: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a way of drawing chance that there is none."""
        super().__post_init__()
        if self.random not in ("counter", "sequence"):
            raise WrongInput(
                f"'random of {self.name}' must be 'counter' or 'sequence'; got {shown(self.random)}."
            )
