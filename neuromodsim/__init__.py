"""neuromodsim: what does a neuromodulator do here?

    >>> import neuromodsim as nms
    >>> run = nms.simulate("distal_reward", condition="contingent", seed=1)  # doctest: +SKIP
    >>> run["synapses/excitatory"].weight  # doctest: +SKIP

Public names are looked up when they are used, so that importing the package takes no time.
"""

import importlib
from typing import Any

__version__ = "0.1.0"

# Where each public name lives.
HOMES = {
    "experiments": "catalogue.catalogue",
    "models": "catalogue.catalogue",
    "Circuit": "description.circuit",
    "Condition": "description.condition",
    "Yoke": "description.condition",
    "AllToAll": "description.connectivity",
    "FixedTotalNumber": "description.connectivity",
    "FixedInDegree": "description.connectivity",
    "FixedOutDegree": "description.connectivity",
    "FixedProbability": "description.connectivity",
    "OneToOne": "description.connectivity",
    "Pairs": "description.connectivity",
    "Probability": "description.probability",
    "Course": "description.course",
    "Drug": "description.drug",
    "Each": "description.each",
    "Effect": "description.effect",
    "Experiment": "description.experiment",
    "Prepared": "description.experiment",
    "Setting": "description.experiment",
    "ExperimentFamily": "description.family",
    "IntegerAxis": "description.family",
    "Box": "description.geometry",
    "Line": "description.geometry",
    "Sheet": "description.geometry",
    "WellMixed": "description.geometry",
    "EffectModel": "description.model",
    "ModulatorModel": "description.model",
    "NeuronModel": "description.model",
    "Parameter": "description.model",
    "ReceptorModel": "description.model",
    "Source": "description.model",
    "SynapseModel": "description.model",
    "Table": "description.model",
    "Modulator": "description.modulator",
    "Autoreceptor": "description.neuromodulator",
    "Neuromodulator": "description.neuromodulator",
    "Population": "description.population",
    "Projection": "description.projection",
    "Recording": "description.recording",
    "Window": "description.recording",
    "Event": "description.task",
    "NEVER": "description.task",
    "NEVER_STEP": "description.task",
    "Phase": "description.task",
    "Task": "description.task",
    "BuildFailed": "errors",
    "NeuromodsimError": "errors",
    "OutputExists": "errors",
    "RunFailed": "errors",
    "WrongInput": "errors",
    "save": "result.run_store",
    "simulate": "simulation.simulator",
    "sweep": "sweeps.making",
    "open": "sweeps.opening",
    "add_neuromodulators": "transforms.expansion",
}
__all__ = ["__version__", *sorted(HOMES)]


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module 'neuromodsim' has no attribute '{name}'")
    module = importlib.import_module(f"neuromodsim.{HOMES[name]}")
    # The built-in open stays itself inside our own modules.
    found = getattr(module, "open_any" if name == "open" else name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
