"""Which cells fire, in C++: without a branch for each cell.

The string of the condition stays what it is; the template that makes C++ of it is another one.
"""

from typing import Any

TEMPLATE = "events"
FEWEST = 64  # cells below which there is nothing to gain


def use_masks(group: Any) -> None:
    """Make every event of a group a mask first, and a list of cells then.

    Cells that can be refractory keep Brian2's way, which also notes when each of them fired.
    """
    for thresholder in group.thresholder.values():
        refractory = thresholder.template_kwds.get("_uses_refractory", False)
        if len(group) >= FEWEST and not refractory:
            thresholder.template = TEMPLATE
            thresholder.template_kwds["cells"] = len(group)
