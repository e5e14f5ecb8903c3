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
    "experiments": "catalogue",
    "models": "catalogue",
    "AllToAll": "circuit",
    "Circuit": "circuit",
    "FixedTotalNumber": "circuit",
    "FixedInDegree": "circuit",
    "FixedOutDegree": "circuit",
    "FixedProbability": "circuit",
    "Modulator": "circuit",
    "OneToOne": "circuit",
    "Pairs": "circuit",
    "Population": "circuit",
    "Projection": "circuit",
    "Effect": "effect",
    "BuildFailed": "errors",
    "NeuromodsimError": "errors",
    "OutputExists": "errors",
    "RunFailed": "errors",
    "WrongInput": "errors",
    "Condition": "experiment",
    "Experiment": "experiment",
    "Recording": "experiment",
    "Setting": "experiment",
    "Window": "experiment",
    "Yoke": "experiment",
    "Box": "geometry",
    "Line": "geometry",
    "Sheet": "geometry",
    "WellMixed": "geometry",
    "EffectModel": "model",
    "ModulatorModel": "model",
    "NeuronModel": "model",
    "Parameter": "model",
    "ReceptorModel": "model",
    "Source": "model",
    "SynapseModel": "model",
    "Table": "model",
    "Autoreceptor": "neuromodulator",
    "Neuromodulator": "neuromodulator",
    "attach": "neuromodulator",
    "Drug": "pool",
    "save": "keeping",
    "simulate": "simulation",
    "sweep": "sweeps.making",
    "Event": "task",
    "NEVER": "task",
    "NEVER_STEP": "task",
    "Phase": "task",
    "Task": "task",
    "open": "sweeps.opening",
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
