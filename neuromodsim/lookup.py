"""Tables as functions of equations: ``image(row, column)`` reads an array that the run provides."""

from typing import Any

import numpy as np
from brian2 import Function
from numpy.typing import NDArray

from neuromodsim.model import Table


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
        held = (
            np.clip(np.asarray(index, dtype=np.int64), 0, size - 1)
            for index, size in zip(indices, self.table.shape, strict=True)
        )
        return self.values[tuple(held)].astype(np.int64 if self.whole else float)

    def function(self) -> Function:
        """Return the Brian2 function, implemented for all devices."""
        dimensions = len(self.table.shape)
        function = Function(
            self,
            arg_units=[1] * dimensions,
            return_unit=self.table.unit,
            arg_types=["integer"] * dimensions,
            return_type="integer" if self.whole else "float",
        )
        namespace = {f"{self.name}_values": self.values.ravel()}  # a view: filled in place
        add = function.implementations.add_implementation
        add("numpy", self.__call__)
        add("cpp", self._cpp(), namespace=namespace, name=self.name)
        add("cython", self._cython(), namespace=namespace, name=self.name)
        return function

    def _cpp(self) -> str:
        clamp = "if ({n} < 0) {n} = 0; if ({n} > {m}) {n} = {m};"
        clamps, arguments, index = self._parts(clamp)
        return f"""
        static inline {"int64_t" if self.whole else "double"} {self.name}({arguments})
        {{
            {" ".join(clamps)}
            return _namespace{self.name}_values[{index}];
        }}
        """

    def _cython(self) -> str:
        clamps, arguments, index = self._parts("{n} = 0 if {n} < 0 else ({m} if {n} > {m} else {n})")
        body = "\n            ".join(clamps)
        return f"""
        cdef {"long" if self.whole else "double"} {self.name}({arguments.replace("int64_t", "long")}):
            global _namespace{self.name}_values
            {body}
            return _namespace{self.name}_values[{index}]
        """

    def _parts(self, clamp: str) -> tuple[list[str], str, str]:
        names = ("row", "column")[: len(self.table.shape)]
        clamps = [clamp.format(n=n, m=s - 1) for n, s in zip(names, self.table.shape, strict=True)]
        index = "row" if len(names) == 1 else f"row * {self.table.shape[1]} + column"
        return clamps, ", ".join(f"int64_t {n}" for n in names), index
