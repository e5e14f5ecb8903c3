"""One tree of all replicas, with a dimension ``replica`` in place of a tree for each.

::

    /                        seed(replica); the account of each replica, as JSON, in the attribute `replicas`
    /state/<population>      v(replica, time, neuron) ...
    /synapses/<projection>   pre(replica, synapse), weight(replica, time, synapse) ...
    /spikes/<population>     time(spike), neuron(spike), replica_of_spike(spike)
    /events/..., /trials     likewise: the rows of one replica after those of another
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from neuromodsim.result.dataset import Node

RAGGED = ("spike", "event", "trial")  # dimensions that are not equally long in all replicas
OWN = ("seed", "parameters", "changed", "prepared", "notes")  # attributes in which replicas may differ


def stacked(replicas: Sequence[Mapping[str, Node]]) -> dict[str, Node]:
    """Return the nodes of one tree, from those of the tree of each replica.

    Parameters
    ----------
    replicas
        Nodes by path, of runs of one program with equal recordings.
    """
    found = {path: _stacked([nodes[path] for nodes in replicas]) for path in replicas[0]}
    accounts = [nodes["/"].attrs for nodes in replicas]
    shared = {name: told for name, told in accounts[0].items() if name not in OWN}
    found["/"] = Node(
        {"seed": ("replica", np.array([a["seed"] for a in accounts], np.int64), {"units": "1"})},
        {"replica": ("replica", np.arange(len(replicas)), {"units": "1", "long_name": "replica"})},
        shared | {"replicas": f"[{', '.join(map(_own, accounts))}]"},
    )
    return found


def _own(account: Mapping[str, Any]) -> str:
    """Return what an account says of its own replica, as JSON, as which most of it stands there."""
    told = (f'"{name}": {account[name]}' for name in OWN)
    return f"{{{', '.join(told)}}}"


def _stacked(nodes: list[Node]) -> Node:
    first = nodes[0]
    found = Node({}, first.coords, first.attrs)
    for name, (dims, _, meaning) in first.data.items():
        values = [np.asarray(node.data[name][1]) for node in nodes]
        whole = dims if isinstance(dims, tuple) else (dims,)
        if whole and whole[0] in RAGGED:
            found.data[name] = (whole, np.concatenate(values), meaning)
            found.data[f"replica_of_{whole[0]}"] = _belongs(whole[0], [len(v) for v in values])
        else:
            found.data[name] = (("replica", *whole), np.stack(values), meaning)
    return found


def _belongs(row: str, counts: list[int]) -> tuple[str, Any, dict[str, str]]:
    """Return the replica of each row of all of them."""
    replica = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    return row, replica, {"units": "1", "long_name": f"replica of the {row}"}
