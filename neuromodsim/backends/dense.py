"""Dense projections in C++: the same equation string, turned into loops along rows.

Brian2 copies the number of each synapse of each spike into a queue, copies the queue, and looks up
every target. From all to all, none of that is needed: a spike means a row. The string of the model
stays what it is; only the template that makes C++ of it is another one.
"""

import re
import weakref
from collections.abc import Sequence
from typing import Any

from brian2.devices.cpp_standalone.codeobject import CPPStandaloneCodeObject
from brian2.devices.device import get_device
from jinja2 import ChoiceLoader, FileSystemLoader

from neuromodsim.numerics.turning_code import Place, without_turns

TEMPLATE, APART = "dense_rows", "dense_rows_apart"
LOOKED_UP = {"_postsynaptic_idx": "_target", "_presynaptic_idx": None}


def along_row(code: str | list[str], cell: str) -> str:
    """Return generated code with its index look-ups replaced by the loop's own variables."""
    found = as_text(code)
    for name, known in LOOKED_UP.items():
        found = re.sub(rf"(int32_t {name} = )[^;]+;", rf"\g<1>{known or cell};", found)
    return found


def as_text(code: str | list[str]) -> str:
    """Return generated code as one text."""
    return code if isinstance(code, str) else "\n".join(code)


def install(folder: Any) -> None:
    """Let Brian2's template engine find ours, once."""
    environment = CPPStandaloneCodeObject.templater.env
    if "along_row" not in environment.globals:
        environment.globals |= {"along_row": along_row, "without_turns": without_turns, "as_text": as_text}
        environment.loader = ChoiceLoader([environment.loader, FileSystemLoader(folder)])


def use_rows(synapses: Any, turns: Sequence[Place] = (), *, apart: bool = False) -> None:
    """Make every pathway of a dense projection a loop along rows.

    Parameters
    ----------
    synapses
        A Brian2 ``Synapses`` wired from all to all in order of the source, without delays.
    turns
        Where turns are kept for its bounded weights.
    apart
        Whether no cell is wired to itself.
    """
    for pathway in synapses._pathways:
        events = pathway.source.variables[pathway.eventspace_name]
        pathway.template = APART if apart else TEMPLATE
        pathway.template_kwds = {
            "eventspace": get_device().get_array_name(events),
            "sources": len(synapses.source),
            "targets": len(synapses.target),
            "pathway": pathway,
            "turns": turns,
            "side": side(pathway),
            # A sum over the row, kept by the source, is carried from target to target.
            "independent": not re.search(r"_pre\s*[-+*/]?=[^=]", pathway.code),
        }
        pathway.needed_variables = [pathway.eventspace_name]
        only_the_loop(pathway)


def side(pathway: Any) -> str:
    """Return which cells' spikes a pathway follows, in the words of the turns' header."""
    return str(pathway.prepost).upper()


def only_the_loop(pathway: Any) -> None:
    """Leave Brian2's queue out of a pathway."""
    # Not the pathway itself, on which this function hangs: a circle would keep the network alive, names and
    # all, until the garbage collector comes by.
    held = weakref.proxy(pathway)

    def create_code_objects(run_namespace: Any) -> None:
        held.code_objects[:] = [weakref.proxy(held.create_default_code_object(run_namespace))]

    pathway.create_code_objects = create_code_objects
