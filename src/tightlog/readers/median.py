"""The median of an array, without the price of looking at every kind of argument."""

import numpy as np
from numpy.typing import NDArray


def median_of(values: NDArray[np.float64]) -> float:
    """Median of one number or more, none of them missing; the same as numpy's own, which takes
    longer for its arguments than for the few values of a lap or a short track.
    """
    half, is_odd = divmod(values.size, 2)
    if is_odd:
        return float(np.partition(values, half)[half])
    low, high = np.partition(values, (half - 1, half))[half - 1 : half + 1]
    return float((low + high) / 2.0)
