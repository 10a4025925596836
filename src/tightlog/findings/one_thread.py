"""One thread for linear algebra, wherever the statistics are called from.

They solve many small systems: a second thread mostly waits for the first, and waiting costs
computing time.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from threadpoolctl import threadpool_limits

Given = ParamSpec("Given")
Found = TypeVar("Found")


def on_one_thread(function: Callable[Given, Found]) -> Callable[Given, Found]:
    """The function, with one thread for BLAS while it runs; then as many as before."""

    @wraps(function)
    def limited(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        with threadpool_limits(1, "blas"):
            return function(*args, **kwargs)

    return limited
