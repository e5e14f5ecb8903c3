"""``where(condition, a, b)`` in equations and code: its value, its type and its units, on each device."""

from importlib.util import find_spec

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from tests.pretend import ALWAYS, OURS


def _experiment(cell: str = "x = where(i > 0, 1/i, 7) : 1", when: str = "trial % 2 == 0"):
    neuron = nms.NeuronModel(
        name="cell", summary="Divides by its own number.", source=OURS, equations=f"{cell}\ns : 1"
    )
    count = nms.SynapseModel(
        name="count",
        summary="Even trials count up, odd ones down.",
        source=OURS,
        equations="w : 1",
        on_event={"ends": "w += where(side_pre > 0, 2, -0.5)"},
    )
    task = nms.Task(
        name="turns",
        summary="Two sides in turn.",
        source=OURS,
        equations="side : integer\nbegun : second\nshare : 1",
        timeline=(
            nms.Phase(
                "turn",
                "turn_time",
                on_enter=f"""
                even = {when}
                side = where(even, trial + 1, -trial)
                begun = where(even and trial > 0, t, begun)
                share = where(even, 0.5, side)
                """,
            ),
        ),
        parameters={"turn_time": nms.Parameter(5 * ms, "of a turn")},
        events={"ends": nms.Event("timestep(phase_end, dt) - timestep(t, dt) == 1")},
    )
    return nms.Experiment(
        name="choosing",
        summary="Values that depend on a condition.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(nms.Population(name="cells", size=3, model=neuron),),
            projections=(
                nms.Projection(
                    name="counts",
                    source="task",
                    target="cells",
                    model=count,
                    wiring=nms.AllToAll(),
                ),
            ),
        ),
        task=task,
        conditions=ALWAYS,
        recording=nms.Recording(
            states={"cells.x": 20 * ms, "counts.w": 20 * ms},
            events={"task.ends": ("side", "begun", "share")},
        ),
        duration=20 * ms,
        dt=1 * ms,
    )


@pytest.mark.parametrize("device", ["numpy", "cpp"])
@pytest.mark.filterwarnings("ignore:divide by zero")  # NumPy works both out
def test_each_row_takes_its_own_value_and_the_other_does_not_matter(device):
    """Catches a product with 0 or 1 in place of a choice: 1/0 is infinite, and 0*inf not a number."""
    run = nms.simulate(_experiment(), device=device, progress=False)
    np.testing.assert_array_equal(run["state/cells"]["x"].values[-1], [7, 1, 0.5])
    seen = run["events/task_ends"]
    np.testing.assert_array_equal(seen["side"], [1, -1, 3, -3])  # whole numbers stay whole
    np.testing.assert_array_equal(seen["begun"], [0, 0, 0.010, 0.010])
    np.testing.assert_array_equal(seen["share"], [0.5, -1, 0.5, -3])  # a half beside whole numbers
    np.testing.assert_array_equal(run["synapses/counts"]["weight"].values[-1], [3, 3, 3])


@pytest.mark.cython
@pytest.mark.skipif(find_spec("Cython") is None, reason="needs Cython")
@pytest.mark.usefixtures("hastily_compiled")
def test_cython_chooses_too():
    """Fails when whole numbers become others, or both values have to be defined."""
    cell = nms.NeuronModel(
        name="cell",
        summary="Chooses.",
        source=OURS,
        equations="x : 1\nn : integer",
        step="x = where(i > 0, 1/(i + 1e-300), 7)\nn = where(i == 1, n + 3, -n)",
    )
    chosen = nms.Experiment(
        name="choosing",
        summary="Cells that choose.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(nms.Population(name="cells", size=3, model=cell, initial={"n": 2}),)
        ),
        conditions=ALWAYS,
        recording=nms.Recording(states={"cells.n": 1 * ms}),
        duration=2 * ms,
        dt=1 * ms,
    )
    run = nms.simulate(chosen, device="cython", progress=False)
    np.testing.assert_array_equal(run["state/cells"]["n"].values[-1], [2, 8, 2])  # after two steps


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("x = where(i > 0, 1*ms, 7)/ms : 1", "unit"),
        ("x = where(i*ms, 1, 7) : 1", "unit"),
        ("x = where(i > 0, 1) : 1", "gives 'where' 2 values in place of 3"),
    ],
)
def test_a_wrong_call_is_one_sentence(cell, said):
    with pytest.raises(nms.WrongInput, match=said):
        nms.simulate(_experiment(cell), device="numpy", progress=False)


def test_the_name_is_taken():
    with pytest.raises(nms.WrongInput, match="'where'"):
        nms.simulate(_experiment("x = 1 : 1\nwhere : 1"), device="numpy", progress=False)
