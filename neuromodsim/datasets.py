"""Real data for experiments, ready for tables: images between 0 and 1, whole-number labels."""

import numpy as np
from numpy.typing import NDArray


def digits() -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Return the handwritten digits that scikit-learn ships (Alpaydin and Kaynak 1998).

    Returns
    -------
    images
        Brightness between 0 and 1, shape ``(1797, 64)``: 8 x 8 pixels, row by row.
    labels
        0 to 9, shape ``(1797,)``.
    """
    from sklearn.datasets import load_digits

    data = load_digits()
    return (data.data / 16).astype(np.float32), data.target.astype(np.int32)
