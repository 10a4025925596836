"""The relation `hypothesis`: what the runner wrote down before looking, and what came of it."""

import re
from collections.abc import Sequence

import polars as pl

from tightlog.domain.diary import Hypothesis
from tightlog.features.catalogue import FEATURES
from tightlog.findings.declared.hypothesis_columns import HYPOTHESIS_SCHEMA, TOLD_COLUMNS
from tightlog.warehouse.sandbox.day_values import DayValues, day_values_of_each

# Made of the score: a link with it is no news.
OF_THE_SCORE = frozenset(one.feature for one in FEATURES if one.family == "tightness")
A_NAME = re.compile(r"\w+")


def hypothesis_relation(hypotheses: Sequence[Hypothesis], days: pl.DataFrame) -> pl.DataFrame:
    """One row per hypothesis; `reason` says why one cannot be tested, and stops nothing else."""
    if not hypotheses:
        return pl.DataFrame(schema=HYPOTHESIS_SCHEMA)
    found = values_of_each([one.expression for one in hypotheses], days)
    values = {one.entry_id: of_one for one, of_one in zip(hypotheses, found, strict=True)}
    rows = [
        {
            "entry_id": one.entry_id,
            "name": one.name,
            "expression": one.expression,
            "unit": one.unit,
            "declared_on": one.declared_on,
            "withdrawn_on": one.withdrawn_on,
            "reason": values[one.entry_id].reason,
        }
        for one in hypotheses
    ]
    said = pl.DataFrame(
        rows, schema={name: HYPOTHESIS_SCHEMA[name] for name in list(HYPOTHESIS_SCHEMA)[:7]}
    )
    links = _links(hypotheses, values, days)
    return said.join(links, on="entry_id", how="left", maintain_order="left").select(
        pl.col(name).cast(kind) for name, kind in HYPOTHESIS_SCHEMA.items()
    )


def values_of(expression: str, days: pl.DataFrame) -> DayValues:
    """The number of an expression on each day; the name of something the diary notes is that
    column.
    """
    return values_of_each([expression], days)[0]


def values_of_each(expressions: Sequence[str], days: pl.DataFrame) -> list[DayValues]:
    """values_of every expression, made by one process."""
    named = [_with_column(expression, days) for expression in expressions]
    return day_values_of_each(days.sort("day"), named, OF_THE_SCORE)


def _with_column(expression: str, days: pl.DataFrame) -> str:
    name = expression.strip().casefold()
    noted = f"context_{name}"
    is_noted = A_NAME.fullmatch(name) and name not in days.columns and noted in days.columns
    return f'"{noted}"' if is_noted else expression


def _links(
    hypotheses: Sequence[Hypothesis], values: dict[str, DayValues], days: pl.DataFrame
) -> pl.DataFrame:
    tested = [one for one in hypotheses if values[one.entry_id].reason is None]
    if not tested:
        return pl.DataFrame(
            schema={
                "entry_id": pl.String,
                **{name: HYPOTHESIS_SCHEMA[name] for name in TOLD_COLUMNS},
            }
        )
    # The statistics are imported where they are used: most homes have no hypothesis.
    from tightlog.findings.declared.declared_family import Declared, declared_links

    family = [
        Declared(
            f"declared_{one.entry_id}",
            one.name,
            one.unit,
            one.declared_on,
            values[one.entry_id].rows,
        )
        for one in tested
    ]
    found = declared_links(days, family)
    return found.select(
        pl.col("exposure").str.strip_prefix("declared_").alias("entry_id"), *TOLD_COLUMNS
    )
