"""What a set of labelled images is, and what makes one unusable."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from neuromodsim.errors import WrongInput, unknown


@dataclass(frozen=True, eq=False)
class Labelled:
    """Images with a class each, some of them kept for tests.

    Attributes
    ----------
    name
        What messages call it.
    images
        One row per image, shape ``(image, pixel)``. Bytes (0 to 255) or numbers from 0 up.
    labels
        The class of each, from 0 up, shape ``(image,)``.
    testing
        True for images that are never trained on, shape ``(image,)``.
    shape
        Rows and columns of one image.
    classes
        How many classes there are.
    groups
        The origin of each image, such as its speaker; empty if unknown.

    Raises
    ------
    WrongInput
        If images and labels do not belong together, a label lies outside the classes, a class has no
        training image, or there are no test images.
    """

    name: str
    images: NDArray[np.generic]
    labels: NDArray[np.int32]
    testing: NDArray[np.bool_]
    shape: tuple[int, int]
    classes: int = 10
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise WrongInput(problem)

    def _problems(self) -> Iterable[str]:
        pixels, found = self.shape[0] * self.shape[1], self.images.shape
        count = len(self.labels)
        if len(found) != 2 or found[1] != pixels:
            rows, columns = self.shape
            has = found[1] if len(found) == 2 else found[1:]
            yield f"An image of {self.name} must have {rows} × {columns} = {pixels} pixels; got {has}."
        if len(found) and (found[0] != count or len(self.testing) != count):
            yield f"{self.name} has {found[0]} images, {count} labels and {len(self.testing)} test marks."
        outside = np.flatnonzero((self.labels < 0) | (self.labels >= self.classes))
        if outside.size:
            first = int(outside[0])
            yield (
                f"Image {first} of {self.name} has the label {int(self.labels[first])}; "
                f"the classes are 0 to {self.classes - 1}."
            )
        elif not np.any(self.testing):
            yield f"{self.name} has no test images."
        else:
            there = np.bincount(self.labels[~self.testing], minlength=self.classes)
            if np.any(there == 0):
                missing = ", ".join(str(c) for c in np.flatnonzero(there == 0))
                yield f"{self.name} has no training image of class {missing}."
        if self.images.dtype != np.uint8 and not (
            np.all(np.isfinite(self.images)) and np.min(self.images, initial=0) >= 0
        ):
            yield f"The pixels of {self.name} must be numbers from 0 up."

    @property
    def train(self) -> NDArray[np.int64]:
        """The indices of the training images."""
        return np.flatnonzero(~self.testing)

    @property
    def test(self) -> NDArray[np.int64]:
        """The numbers of the images to test with."""
        return np.flatnonzero(self.testing)

    @property
    def pixels(self) -> int:
        """How many pixels an image has."""
        return self.shape[0] * self.shape[1]

    def brightness(self) -> NDArray[np.float32]:
        """Return the images as numbers; bytes are divided by 255, others are as they are."""
        if self.images.dtype == np.uint8:
            return self.images.astype(np.float32) / np.float32(255)
        return self.images.astype(np.float32)

    def held_out(self, group: str) -> "Labelled":
        """Return the same images, with those of one group (a speaker) kept for tests."""
        if group not in self.groups:
            raise unknown(f"group of {self.name}", group, set(self.groups))
        return replace(self, testing=np.array([g == group for g in self.groups]))

    def first(self, train: int, test: int) -> "Labelled":
        """Return the first so many training images and test images."""
        kept = np.sort(np.concatenate([self.train[:train], self.test[:test]]))
        return replace(
            self,
            images=self.images[kept],
            labels=self.labels[kept],
            testing=self.testing[kept],
            groups=tuple(self.groups[k] for k in kept) if self.groups else (),
        )
