"""The names that users may rely on."""

from pathlib import Path

import neuromodsim

NAMES = [
    "__version__",
    "AllToAll",
    "Autoreceptor",
    "Box",
    "BuildFailed",
    "Circuit",
    "Condition",
    "Course",
    "Drug",
    "Each",
    "Effect",
    "EffectModel",
    "Event",
    "Experiment",
    "ExperimentFamily",
    "FixedInDegree",
    "FixedOutDegree",
    "FixedProbability",
    "FixedTotalNumber",
    "IntegerAxis",
    "Line",
    "Modulator",
    "ModulatorModel",
    "NEVER",
    "NEVER_STEP",
    "NeuromodsimError",
    "Neuromodulator",
    "NeuronModel",
    "OneToOne",
    "OutputExists",
    "Pairs",
    "Parameter",
    "Phase",
    "Population",
    "Prepared",
    "Probability",
    "Projection",
    "ReceptorModel",
    "Recording",
    "RunFailed",
    "Setting",
    "Sheet",
    "Source",
    "SynapseModel",
    "Table",
    "Task",
    "WellMixed",
    "Window",
    "WrongInput",
    "Yoke",
    "add_neuromodulators",
    "experiments",
    "models",
    "open",
    "save",
    "simulate",
    "sweep",
]


def test_the_list_is_what_we_say():
    """Fails when a public name comes, goes or changes without being noticed."""
    assert neuromodsim.__all__ == NAMES
    assert dir(neuromodsim) == sorted(NAMES)


def test_every_name_can_be_used():
    """Fails when a name is listed but its module does not have it."""
    for name in NAMES:
        assert getattr(neuromodsim, name) is not None


def test_unknown_names_are_attribute_errors():
    """Fails when a misspelled name is reported as something else, which breaks hasattr."""
    assert not hasattr(neuromodsim, "simulat")


def test_no_module_hides_a_public_name():
    """Fails when a module is named like a public name: importing it would put it in the name's place."""
    modules = {path.stem for path in Path(neuromodsim.__file__).parent.glob("*.py")}
    assert not modules & set(NAMES)
