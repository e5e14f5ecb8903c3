"""The task as a Brian2 group: its timeline and events, run at the start of every time step."""

from collections.abc import Mapping
from dataclasses import replace

from neuromodsim.builder.draft import Draft
from neuromodsim.builder.groups import add_group, rewriter
from neuromodsim.description.model import parsed
from neuromodsim.description.task import Task
from neuromodsim.numerics import integration
from neuromodsim.transforms.task import all_events, whole_step


def add_task(draft: Draft, task: Task, noted: Mapping[str, str]) -> None:
    """Add the task, one row for each replica; ``noted`` names what holds the step after an event."""
    rewrite = rewriter(draft)
    events = all_events(task)
    for name, variable in noted.items():
        events[name] = replace(events[name], do=f"{events[name].do}\n{variable} = t_in_timesteps + 1")
    conditions = {name: rewrite(event.when) for name, event in events.items()}
    equations = task.all_equations()
    moves = bool(parsed(equations).diff_eq_names)
    how = {"method": integration.method(task.method)} if moves else {}
    group = add_group(draft, "task", draft.circuit.tasks, task, equations, events=conditions, **how)
    # Recorders look at -30, so they see the task as it was before this step.
    if task.step:
        group.run_regularly(rewrite(whole_step(task)), when="start", order=-21, clock=draft.built.clock)
    for order, (name, event) in enumerate(events.items()):
        group.thresholder[name].when = "start"
        group.thresholder[name].order = -20 + 2 * order
        if event.do:
            # Right after its own condition, so that a later event sees what it changed.
            group.run_on_event(name, rewrite(event.do), when="start", order=-19 + 2 * order)
