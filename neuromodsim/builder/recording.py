"""From what an experiment wants to keep to Brian2 monitors."""

from brian2 import EventMonitor, SpikeMonitor

from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.outputs import Output, cells, component_and_name, group_of, times, values
from neuromodsim.builder.samples import add_samples
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.recording import Recording
from neuromodsim.errors import WrongInput, unknown

COUNTS = ("count",)  # what Brian2's monitor of an event counts


def add_recording(experiment: Experiment, recording: Recording, built: Assembly) -> list[Output]:
    """Add monitors to a network and return what they bring back.

    Raises
    ------
    WrongInput
        If the recording names something that is not there.
    """
    outputs = [_spikes(experiment, built, name) for name in recording.spikes]
    outputs += [
        add_samples(built, path, recording.only.get(path), order)
        for order, path in enumerate(recording.states)
    ]
    outputs += [_events(built, path, names) for path, names in recording.events.items()]
    for output in outputs:
        built.network.add(output.monitor)
    return outputs


def _spikes(experiment: Experiment, built: Assembly, name: str) -> Output:
    for population in experiment.circuit.populations:
        parts = population.stretches() | {population.name: slice(0, population.size)}
        if name not in parts:
            continue
        part, group = parts[name], built.groups[population.name]
        source = group if part == slice(0, population.size) else group[part]
        monitor = SpikeMonitor(source, name=f"{name}_spikes", when="end")
        columns = {"time": times(monitor), "neuron": cells(monitor)}
        size = part.stop - part.start
        return Output("spikes", name, monitor, columns, offset=part.start, size=size)
    known = {n for p in experiment.circuit.populations for n in (p.name, *p.stretches())}
    raise unknown("population to record spikes of", name, known)


def _events(built: Assembly, path: str, variables: tuple[str, ...]) -> Output:
    component, event = component_and_name(path)
    group = group_of(built, component)
    if event not in group.events:
        raise unknown(f"event of {component}", event, group.events)
    for variable in variables:
        if variable not in group.variables:
            raise unknown(f"variable of {component}", variable, group.variables.keys())
        if variable in COUNTS:
            raise WrongInput(
                f"'{variable}' of '{component}' cannot be recorded at its event '{event}', because monitors "
                "have a variable of this name; call it otherwise."
            )
    monitor = EventMonitor(
        group, event, variables=list(variables), name=f"{component}_{event}_log", when="end"
    )
    columns = {"time": times(monitor), "neuron": cells(monitor)}
    columns |= {name: values(monitor, group, name) for name in variables}
    return Output("event", component, monitor, columns, size=len(group), label=event)
