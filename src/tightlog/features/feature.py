"""What a feature is: one column of the day frame, with its unit, its definition in words and
its source.
"""

from dataclasses import dataclass, field

import polars as pl

OURS = "tightlog's definition"


@dataclass(frozen=True)
class Feature:
    """A column of the day frame: its name, unit, family, definition in words, source and type.

    `is_summed` marks a feature of form whose day has the sum over the runs, not their mean.
    """

    feature: str
    unit: str
    family: str
    definition: str
    source: str = OURS
    dtype: type[pl.DataType] = field(default=pl.Float64)
    is_summed: bool = False
