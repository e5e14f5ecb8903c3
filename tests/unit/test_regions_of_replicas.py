"""A rule that reads two modulators by one mapping of its own, in replicas."""

import pytest
from brian2 import Hz, ms

import neuromodsim as nms
from neuromodsim.equations import POISSON

SOURCE = nms.Source(key="own", authors="Me", year=2026, title="Regions", journal="None", doi="10.0/0")
LEVEL = nms.ModulatorModel(
    name="level", summary="A level that decays.", source=SOURCE, equations="dm/dt = -m/second : 1", level="m"
)
RULE = nms.SynapseModel(
    name="rule",
    summary="Two modulators change a weight.",
    source=SOURCE,
    equations="""
    dc/dt = -c/second   : 1
    dw/dt = c*(a+b)/second : 1
    a : 1
    b : 1
    """,
    modulators=("a", "b"),
    on_pre="c += 1",
)


def subject(regions: int) -> nms.Experiment:
    """Return two cells in regions 1 and 0 of two modulators, of which the second has so many regions."""
    levels = (
        nms.Modulator(name="first", model=LEVEL, regions=2, initial={"m": [1.0, 2.0]}),
        nms.Modulator(
            name="second", model=LEVEL, regions=regions, initial={"m": [10.0 * k for k in range(regions)]}
        ),
    )
    plastic = nms.Projection(
        name="plastic",
        source="pre",
        target="post",
        model=RULE,
        modulators={"a": "first", "b": "second"},
        compartment_of=(1, 0),
    )
    cells = tuple(nms.Population(name=n, size=2, model=POISSON) for n in ("pre", "post"))
    return nms.Experiment(
        name="regions",
        summary="Two modulators.",
        source=SOURCE,
        circuit=nms.Circuit(populations=cells, modulators=levels, projections=(plastic,)),
        conditions={"only": nms.Condition(summary="The only one.")},
        recording=nms.Recording(states={"plastic.w": 50 * ms}),
        duration=50 * ms,
        dt=1 * ms,
        parameters={"pre.rate": 100 * Hz},
    )


def test_equal_regions_are_read_in_each_replica():
    """Fails when a replica reads the regions of another one."""
    both = nms.simulate(subject(2), device="numpy", replicas=2, seed=1)
    for k in range(2):
        alone = nms.simulate(subject(2), device="numpy", seed=1 + k)
        found, wanted = (t["synapses/plastic"].weight.values[-1] for t in (both[f"replica_{k}"], alone))
        assert wanted.any() and found == pytest.approx(wanted, rel=1e-12)


def test_unequal_regions_are_refused():
    """Fails when one mapping stands for rows of both, which lie apart in all replicas but the first."""
    assert nms.simulate(subject(3), device="numpy", seed=1)["synapses/plastic"].weight.values.any()
    with pytest.raises(
        nms.WrongInput, match=r"different numbers of regions \('first' has 2, 'second' has 3\)"
    ):
        nms.simulate(subject(3), device="numpy", replicas=2, seed=1)
