"""Tables as functions of equations: ``image(row, column)`` reads an array that the run provides."""

import re
from typing import Any

import numpy as np
from brian2 import Function
from numpy.typing import NDArray

from neuromodsim.description.model import Table
from neuromodsim.transforms.own_names import HERE


def of_own_column(code: str, name: str, table: Table, cells: int) -> str:
    """Return code in which each cell reads its own column without a check, if that is all it reads.

    Only then can a compiler see that neighbours read neighbouring entries.
    """
    if len(table.shape) != 2 or table.shape[1] != cells:
        return code
    changed = re.sub(rf"\b{name}\((\w+), i\)", rf"{name}{HERE}(\1, i)", code)
    return code if re.search(rf"\b{name}\(", changed) else changed


class Lookup:
    """A table that equations call. Indices beyond the ends read the first or last entry."""

    def __init__(self, name: str, table: Table) -> None:
        self.name = name
        self.table = table
        self.values: NDArray[Any] = np.zeros(table.shape, table.dtype)

    @property
    def whole(self) -> bool:
        """Whether the entries are whole numbers, which equations may use as indices."""
        return self.table.dtype.startswith("int")

    def fill(self, values: NDArray[Any]) -> None:
        """Put these numbers (SI units, the table's shape) into the table, in place."""
        self.values[...] = values

    def __call__(self, *indices: Any) -> Any:
        """Return entries, as the compiled look-up does."""
        # Twice as quick as np.clip, which looks up the limits of a type at each call.
        held = (
            np.minimum(np.maximum(np.asarray(index, dtype=np.int64), 0), size - 1)
            for index, size in zip(indices, self.table.shape, strict=True)
        )
        return self.values[tuple(held)].astype(np.int64 if self.whole else float)

    def functions(self) -> dict[str, Function]:
        """Return the Brian2 functions by name: the table, and its own column where it has two indices."""
        names = [self.name] if len(self.table.shape) == 1 else [self.name, self.name + HERE]
        return {name: self._function(name) for name in names}

    def _function(self, name: str) -> Function:
        """Return one of them, implemented for all devices."""
        dimensions = len(self.table.shape)
        function = Function(
            self,
            arg_units=[1] * dimensions,
            return_unit=self.table.unit,
            arg_types=["integer"] * dimensions,
            return_type="integer" if self.whole else "float",
        )
        # A view, filled in place; both functions read the same one.
        namespace = {f"{self.name}_values": self.values.ravel()}
        add = function.implementations.add_implementation
        add("numpy", self.__call__)
        add("cpp", self._cpp(name), namespace=namespace, name=name)
        add("cuda", f"__host__ __device__ {self._cpp(name).strip()}", namespace=namespace, name=name)
        add("cython", self._cython(name), namespace=namespace, name=name)
        return function

    def _cpp(self, name: str) -> str:
        clamp = "if ({n} < 0) {n} = 0; if ({n} > {m}) {n} = {m};"
        clamps, arguments, index = self._parts(clamp, name)
        narrow = "int64_t" if self.table.dtype == "int64" else "int32_t"
        return f"""
        static inline {narrow if self.whole else "double"} {name}({arguments})
        {{
            {" ".join(clamps)}
            return _namespace{self.name}_values[{index}];
        }}
        """

    def _cython(self, name: str) -> str:
        clamps, arguments, index = self._parts("{n} = 0 if {n} < 0 else ({m} if {n} > {m} else {n})", name)
        body = "\n            ".join(clamps)
        return f"""
        cdef {"long" if self.whole else "double"} {name}({arguments.replace("int64_t", "long")}):
            global _namespace{self.name}_values
            {body}
            return _namespace{self.name}_values[{index}]
        """

    def _parts(self, clamp: str, name: str) -> tuple[list[str], str, str]:
        names = ("plane", "row", "column")[-len(self.table.shape) :]
        checked = 1 if name.endswith(HERE) else len(names)
        sizes = list(zip(names, self.table.shape, strict=True))
        clamps = [clamp.format(n=n, m=size - 1) for n, size in sizes[:checked]]
        index = names[0]
        for n, size in sizes[1:]:
            index = f"({index}) * {size} + {n}"
        return clamps, ", ".join(f"int64_t {n}" for n in names), index
