"""Long tables in tests: a sample each time, all of them by hand with `make measure`."""

from typing import Any

import pytest


def by_hand(*values: Any) -> list[Any]:
    """Parameters of a test that only `make measure` runs, beside those that stand for them."""
    return [
        pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.measure)
        for value in values
    ]
