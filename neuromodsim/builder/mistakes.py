"""Mistakes inside the strings of a model, which show when its network is put together, as one sentence."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from brian2.core.base import BrianObjectException
from brian2.stateupdaters.base import UnsupportedEquationsException

from neuromodsim.description.experiment import Experiment
from neuromodsim.description.layout import swap
from neuromodsim.description.model import Model, parsed
from neuromodsim.description.task import Task
from neuromodsim.errors import BuildFailed, NeuromodsimError, RunFailed, WrongInput, unknown
from neuromodsim.transforms.own_names import apart

PREPARING = "An error occurred when preparing an object."  # Brian2's word for what is no error of a run
UNRESOLVED = re.compile(r'The identifier "(\w+)" could not be resolved')
REFUSED = re.compile(r"code_objects/(\w+?)_codeobject\w*\.c\w+:\d+:\d+: error: (.*)")
READERS = ("brian2", "sympy", "pyparsing")  # packages that read what a model says


@contextmanager
def told(experiment: Experiment) -> Iterator[None]:
    """Raise `WrongInput` for what Brian2 finds wrong in a description, `RunFailed` for what fails in a run.

    Anything else goes on as it is. Names are those of the models.
    """
    try:
        with _told(experiment):
            yield
    except NeuromodsimError as error:
        said = swap(str(error), _written(experiment))
        if said == str(error):
            raise
        raise type(error)(said) from error


def _written(experiment: Experiment) -> dict[str, str]:
    """Return what is called otherwise in a program, by its name there."""
    _, renamed = apart(experiment.circuit, experiment.task)
    return {here: path.partition(".")[2] for path, here in renamed.items()}


@contextmanager
def _told(experiment: Experiment) -> Iterator[None]:
    try:
        yield
    except BuildFailed as error:
        if wrong := _not_compiled(experiment, error):
            raise wrong from error
        raise
    except NeuromodsimError:
        raise
    except BrianObjectException as error:
        if isinstance(error.__cause__, NeuromodsimError):  # of code of our own that Brian2 has run
            raise error.__cause__ from error
        if error._brian_message != PREPARING:
            cause = " ".join(str(error.__cause__ or error).split()).rstrip(".")
            raise RunFailed(
                f"The code of '{error._brian_objname}' failed during the run: {cause}."
            ) from error
        raise _sentence(experiment, error, str(error._brian_objname)) from error
    except Exception as error:
        if not _read_by_brian(error):
            raise
        raise _sentence(experiment, error, "") from error


def _not_compiled(experiment: Experiment, error: BuildFailed) -> WrongInput | None:
    """Return what is said of code of a component that a compiler refuses; None if it is of none."""
    found = REFUSED.search(str(error))
    owner = _owner(experiment, found[1]) if found else ""
    if found is None or not owner:
        return None
    model = experiment.components()[owner].name
    return WrongInput(f"The code of '{owner}' (model '{model}') cannot be compiled: {found[2].rstrip('.')}.")


def _owner(experiment: Experiment, made: str) -> str:
    """Return the component that an object of Brian2's is made for; nothing if it is for none."""
    owners = [name for name in experiment.components() if made == name or made.startswith(f"{name}_")]
    # The longest: an object of a_b begins with the name of a, too.
    return max(owners, key=len, default="")


def _read_by_brian(error: BaseException) -> bool:
    """Whether it is Brian2, or what it reads equations with, that has raised an error; not our own code."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = "" if trace is None else str(trace.tb_frame.f_globals.get("__name__", ""))
    return module.partition(".")[0] in READERS


def _sentence(experiment: Experiment, error: BaseException, made: str) -> WrongInput:
    """Return the error for a caller; ``made`` names the object that could not be made."""
    components, owner = experiment.components(), _owner(experiment, made)
    cause = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    said = " ".join(str(cause.args[0] if cause.args else cause).split()).rstrip(".")
    said = swap(said, _written(experiment))
    # What is read and what is written; where it is only written, Brian2 says no more than the name.
    missing = UNRESOLVED.search(said) or (isinstance(cause, KeyError) and re.fullmatch(r"(\w+)", said))
    part = _part(components[owner], made) if owner else ""
    if owner and missing:
        known = [*_names(components[owner]), *components[owner].parameters, *components[owner].tables]
        if missing[1] in known:
            return WrongInput(
                f"'{missing[1]}' of '{owner}' is read where it has no value: what is event-driven is worked "
                "out at spikes only."
            )
        where = f"{part}, " if part else f"the equations and code of '{owner}':"
        return unknown(f"variable or parameter for {where}", missing[1], known)
    if owner and isinstance(cause, UnsupportedEquationsException):
        return WrongInput(
            f"'method' of '{owner}' (model '{components[owner].name}') cannot integrate its equations: "
            f"{said}; choose another, such as 'euler'."
        )
    if part:
        return WrongInput(f"{part[0].upper()}{part[1:]} cannot be built: {said}.")
    if owner:
        return WrongInput(f"'{owner}' (model '{components[owner].name}') cannot be built: {said}.")
    return WrongInput(f"The circuit of '{experiment.name}' cannot be built: {said}.")


def _part(model: Model, made: str) -> str:
    """Return which code of a timeline an object of Brian2 runs; nothing where it is of no phase."""
    if not isinstance(model, Task):
        return ""
    event, _, kind = made.removeprefix("task_").rpartition("_")
    what, _, phase = event.partition("_")
    if phase not in {one.name for one in model.timeline} or event in model.events:
        return ""
    field = {"enter": ("when", "on_enter"), "leave": ("until", "on_leave"), "step": ("step", "step")}.get(
        what
    )
    if field is None:
        return ""
    return f"'{field[kind == 'resetter']}' of the phase '{phase}' of '{model.name}'"


def _names(model: Model) -> list[str]:
    return list(parsed(model.all_equations()))
