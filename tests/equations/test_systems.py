"""Every model of a neuromodulator stands on the page of its neuromodulator."""

import sys

import pytest

from neuromodsim import equations
from neuromodsim.catalogue import catalogue, systems
from neuromodsim.catalogue.written import plain
from neuromodsim.description.model import Model

FOLDERS = ("clearance", "receptors", "release", "effects", "sensors", "messengers", "neurons.nuclei")
# What presets are made from, what any modulator may use, and what is no concentration.
GENERAL = {
    *(
        "adaptive_exponential",
        "augmented_gif",
        "extracellular",
        "enzymatic",
        "receptor",
        "photometry",
        "adapting_receptor",
    ),
    *("adapting_receptor", "agonist", "bath", "puff", "expectation", "transient", "whole_volume", "sampling"),
}
MODULATORS = ("acetylcholine", "dopamine", "noradrenaline", "serotonin")


def test_every_model_of_a_neuromodulator_is_in_its_system():
    """Fails when a receptor, a compartment or an effect is added, and no page of `show` has it."""
    folders = tuple(f"neuromodsim.equations.{folder}" for folder in FOLDERS)
    here = {
        value.name
        for place, module in sys.modules.items()
        if place.startswith(folders)
        for known, value in vars(module).items()
        if isinstance(value, Model) and getattr(equations, known, None) is value
    }
    listed = {model.name for system in catalogue.systems().values() for model in system.models()}
    assert len(here) > 80
    assert sorted(here - listed - GENERAL) == []


def test_every_drug_has_a_target_in_some_system():
    """Fails when a drug's target is no receptor or transporter of a neuromodulator: no page would show it."""
    targets = {name for system in catalogue.systems().values() for name in system.targets()} | {"NET"}
    assert {drug.target for drug in catalogue.drugs().values()} <= targets


@pytest.mark.parametrize(
    ("names", "system"),
    [
        (("dopamine", "Dopamine", "DOPAMINE", "DA", "da"), "dopamine"),
        (("serotonin", "5-HT", "5HT", "5-ht"), "serotonin"),
        (("noradrenaline", "NA", "NE", "norepinephrine"), "noradrenaline"),
        (("acetylcholine", "ACh", "ach", "ACH"), "acetylcholine"),
    ],
)
def test_a_neuromodulator_goes_by_its_names(names, system):
    """Fails when a scientist's way of writing a neuromodulator is not understood."""
    assert {systems.system(name).name for name in names} == {system}


@pytest.mark.parametrize(
    ("names", "models"),
    [
        (("D1", "d1", "D-1", "D1 receptor"), {"d1_ejdrup", "d1_dreyer", "d1_hunger", "d1_lindroos"}),
        (("alpha1", "α1", "Alpha-1"), {"alpha1"}),
        (("alpha2A", "α2A", "alpha2a"), {"alpha2a"}),
        (("M1",), {"m1"}),
        (("M4",), {"m2_m4", "m4_dreyer"}),
        (("5-HT1A", "5HT1A", "5-ht1a", "serotonin_1A"), {"serotonin_1a"}),
        (("α4β2", "nAChR"), {"nicotinic_alpha4beta2"}),
    ],
)
def test_a_receptor_goes_by_its_names(names, models):
    """Fails when a receptor is not found as it is written in the literature, or lacks a model."""
    for name in names:
        assert {model.name for model in systems.receptor(name).receptor.models} == models


def test_no_two_receptors_or_neuromodulators_share_a_name():
    """Fails when a name would lead to the page of another."""
    names: list[str] = []
    for system in catalogue.systems().values():
        names += [system.name, *map(plain, system.symbols)]
        for key, receptor in system.receptors.items():
            names += {plain(name) for name in (key, *receptor.also)}
    assert len(set(names)) == len(names)
    assert set(MODULATORS) <= set(catalogue.systems())
    assert systems.system("glutamate") is None and systems.receptor("D9") is None
