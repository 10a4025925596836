"""Array types of the statistics, in their own module so that naming a type does not load scipy."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def known(value: float) -> float | None:
    """A number as it is stored: None for one that could not be computed."""
    return None if np.isnan(value) else float(value)
