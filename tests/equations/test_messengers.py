"""cAMP as one number against its closed form, and reactions as a table."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second

from neuromodsim.description.modulator import Modulator
from neuromodsim.equations.messengers.camp import CAMP_D1, CAMP_D2
from neuromodsim.equations.messengers.mass_action import Reaction, mass_action, reactions
from neuromodsim.equations.release.transient import TRANSIENT
from tests.equations.cascades import alone, run


def gate(model, up, down, seconds=2.0):
    """Return cAMP with both occupancies held, from an empty start."""
    links = {"camp.occupancy_up": "up.level", "camp.occupancy_down": "down.level"}
    fixed = replace(
        TRANSIENT, name="fixed", equations="level : 1", step="", parameters={}, initial={}, level="level"
    )
    others = tuple(
        Modulator(name=n, model=fixed, initial={"level": v}) for n, v in (("up", up), ("down", down))
    )
    experiment = alone(model, "camp", links=links, others=others, initial={"cAMP": 0.0}, states=("cAMP",))
    return run(replace(experiment, dt=10 * ms), seconds * second)["modulators/camp"].cAMP[:, 0]


@pytest.mark.parametrize(
    ("model", "up", "down", "drive"),
    [
        (CAMP_D1, 0.5, 0.09, 18 * 0.5 - 10 * 0.09),
        (CAMP_D1, 0.04, 0.09, 0.0),  # M4 wins: no drive, and never a negative one
        (CAMP_D2, 0.09, 0.01, 25 * 0.09 - 50 * 0.01),
        (CAMP_D2, 0.09, 0.05, 0.0),  # D2 wins
    ],
)
def test_camp_follows_the_difference_of_two_receptors(model, up, down, drive):
    level = gate(model, up, down)
    wanted = drive / 0.1 * (1 - np.exp(-0.1 * level.time.values))
    assert np.allclose(level.values, wanted, atol=1e-5)


# reactions as a table
def test_a_reaction_reads_as_it_is_written():
    one = Reaction.read("  PDE + cAMP + cAMP <-> PDEc   kf  kr ")
    assert one.flux() == "kf*PDE*cAMP*cAMP - kr*PDEc"
    assert [one.made(s) for s in ("PDE", "cAMP", "PDEc", "ATP")] == [-1, -2, 1, 0]
    with pytest.raises(ValueError, match="one rate constant per direction"):
        Reaction.read("A <-> B  k")


def test_a_table_becomes_equations():
    text = mass_action(reactions("A + B <-> C  kf  kr\n# none\nC -> B  k"), held=("A",))
    assert text.splitlines() == [
        "r1 = kf*A*B - kr*C : mmolar/second  # A + B <-> C",
        "r2 = k*C : mmolar/second  # C -> B",
        "dB/dt = (-1)*r1 + r2 : mmolar",
        "dC/dt = r1 + (-1)*r2 : mmolar",
    ]
