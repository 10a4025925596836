"""What the homes of a cohort say together: a row per exposure, intervention and trial, and for
homes that agreed to it their own estimate beside the group's.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import polars as pl

from tightlog.cohort.cohort_words import LEAST_HOMES, compared_sentence, pooled_sentence
from tightlog.cohort.pooling import Pooled, pooled, shrunk
from tightlog.domain.interventions.catalogue import find
from tightlog.errors import UnknownIntervention
from tightlog.findings.arrays import FloatArray
from tightlog.findings.daily_life.life_family import LIFE_FAMILY
from tightlog.findings.evidence import lasting_margin
from tightlog.findings.exposures import FAMILY
from tightlog.findings.regression import false_discovery_q
from tightlog.trials.series import standard_error

# Ours: what is told of a cohort passes both, the adjusted p-value and an interval for all looks.
TOLD_Q = 0.05
# Ours: where this share of the homes does it because of the score, nothing is told.
REACTING_SHARE = 0.5
INTERVAL_Z = 1.959963984540054

POOLED_SCHEMA: dict[str, type[pl.DataType]] = {
    "kind": pl.String, "name": pl.String, "title": pl.String, "unit": pl.String,
    "homes": pl.Int64, "up": pl.Int64, "down": pl.Int64,
    "contrast_low": pl.Float64, "contrast_high": pl.Float64,
    "mean_points": pl.Float64, "error_points": pl.Float64, "mean_low": pl.Float64,
    "mean_high": pl.Float64, "lasting_low": pl.Float64, "lasting_high": pl.Float64,
    "p_value": pl.Float64, "q_value": pl.Float64,
    "predicted_low": pl.Float64, "predicted_high": pl.Float64, "spread_points": pl.Float64,
    "i2_pct": pl.Float64, "heterogeneity_p": pl.Float64, "reacting": pl.Int64,
    "verdict": pl.String, "sentence": pl.String,
}  # fmt: skip
COMPARED_SCHEMA: dict[str, type[pl.DataType]] = {
    "home": pl.String, "kind": pl.String, "name": pl.String, "title": pl.String,
    "own_points": pl.Float64, "own_error_points": pl.Float64, "shrunk_points": pl.Float64,
    "shrunk_low": pl.Float64, "shrunk_high": pl.Float64, "homes": pl.Int64,
    "sentence": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Estimates:
    """The homes' estimates of one thing, all told for the same contrast, in points."""

    kind: str
    name: str
    title: str
    unit: str
    homes: tuple[str, ...]
    points: FloatArray
    errors: FloatArray
    reacting: int
    contrast: tuple[float, float] | None = None

    @property
    def fit(self) -> Pooled | None:
        """The random-effects model; None of too few homes."""
        is_enough = self.points.size >= LEAST_HOMES
        return pooled(self.points, self.errors) if is_enough else None


def estimates(rows: pl.DataFrame, kind: str) -> Iterator[Estimates]:
    """Estimates by name, of the rows that `findings`, `effects` or `trials` of the lake give."""
    for (name,), group in rows.group_by("name", maintain_order=True):
        yield (
            _of_finding(str(name), group)
            if kind == "finding"
            else _of_intervention(kind, str(name), group)
        )


def pooled_rows(found: Collection[Estimates]) -> pl.DataFrame:
    """A row per thing with the columns of POOLED_SCHEMA; those of one kind are judged together."""
    rows: list[dict[str, Any]] = []
    for kind in dict.fromkeys(one.kind for one in found):
        fits = [(one, one.fit) for one in found if one.kind == kind]
        q_values = false_discovery_q(
            np.array([np.nan if fit is None else fit.p_value for _, fit in fits])
        )
        rows += [_row(one, fit, float(q)) for (one, fit), q in zip(fits, q_values, strict=True)]
    return pl.DataFrame(rows, schema=POOLED_SCHEMA, orient="row")


def compared_rows(found: Collection[Estimates], agreed: Collection[str]) -> pl.DataFrame:
    """A row per estimate of the homes that agreed to it, with the columns of COMPARED_SCHEMA."""
    rows = [row for one in found for row in _compared(one, agreed)]
    return pl.DataFrame(rows, schema=COMPARED_SCHEMA, orient="row")


def _of_finding(name: str, group: pl.DataFrame) -> Estimates:
    # Each runner's contrast is another one: slopes per unit are told for the median contrast.
    low, high = (float(np.median(group[f"exposure_{end}"].to_numpy())) for end in ("low", "high"))
    span = high - low
    return Estimates(
        "finding",
        name,
        _exposure_title(name, str(group["title"][0])),
        str(group["unit"][0] or ""),
        tuple(group["home"]),
        group["slope"].to_numpy() * span,
        group["error"].to_numpy() * span,
        int(group["is_reacting"].sum()),
        (low, high),
    )


def _of_intervention(kind: str, name: str, group: pl.DataFrame) -> Estimates:
    if kind == "trial":
        group = _one_per_home(group)
    return Estimates(
        kind,
        name,
        _title(name),
        "",
        tuple(group["home"]),
        group["slope"].to_numpy().astype(float),
        group["error"].to_numpy().astype(float),
        0,
    )


def _one_per_home(trials: pl.DataFrame) -> pl.DataFrame:
    """The trials of a home as one estimate, each weighed by the inverse of its variance."""
    rows = []
    for (home,), group in trials.group_by("home", maintain_order=True):
        errors = [standard_error(row) for row in group.iter_rows(named=True)]
        weights = np.array([1.0 / error**2 for error in errors])
        points = float(weights @ group["effect_points"].to_numpy() / weights.sum())
        rows.append({"home": home, "slope": points, "error": 1.0 / sqrt(float(weights.sum()))})
    return pl.DataFrame(rows)


def _exposure_title(column: str, told: str) -> str:
    """The title in the language of the cohort, for each home told it in its own; as told for what a
    home declared itself.
    """
    known = (one.title for one in (*FAMILY, *LIFE_FAMILY) if one.column == column)
    return next(known, told)


def _title(intervention: str) -> str:
    try:
        return find(intervention).title
    except UnknownIntervention:  # of another tightlog
        return intervention


def _row(one: Estimates, fit: Pooled | None, q_value: float) -> dict[str, Any]:
    facts: dict[str, Any] = dict.fromkeys(POOLED_SCHEMA)
    facts |= {
        "kind": one.kind,
        "name": one.name,
        "title": one.title,
        "unit": one.unit,
        "homes": len(one.homes),
        "reacting": one.reacting,
        "verdict": "too_few_homes",
    }
    if fit is not None:
        low, high = one.contrast or (None, None)
        facts |= {"contrast_low": low, "contrast_high": high} | _numbers(one, fit, q_value)
        facts["verdict"] = _verdict(one, fit, q_value)
    return facts | {"sentence": pooled_sentence(facts)}


def _numbers(one: Estimates, fit: Pooled, q_value: float) -> dict[str, Any]:
    margin = _lasting_margin(fit)
    # One more runner is no better known than the mean, at whichever look.
    between = (fit.predicted_high - fit.mean) ** 2 - (fit.high - fit.mean) ** 2
    reach = sqrt(margin**2 + max(between, 0.0))
    return {
        "up": int((one.points > 0).sum()),
        "down": int((one.points < 0).sum()),
        "mean_points": fit.mean,
        "error_points": fit.error,
        "mean_low": fit.low,
        "mean_high": fit.high,
        "lasting_low": fit.mean - margin,
        "lasting_high": fit.mean + margin,
        "p_value": fit.p_value,
        "q_value": q_value,
        "predicted_low": fit.mean - reach,
        "predicted_high": fit.mean + reach,
        "spread_points": fit.spread,
        "i2_pct": fit.i2_pct,
        "heterogeneity_p": fit.q_p_value,
    }


def _lasting_margin(fit: Pooled) -> float:
    # Runners that agree by chance are no surer than their own errors: Röver et al. 2015 (BMC Med
    # Res Methodol 15:99) take the larger one too.
    return lasting_margin(max(fit.error, fit.model_error), fit.degrees_of_freedom)


def _verdict(one: Estimates, fit: Pooled, q_value: float) -> str:
    """What is told stands in an interval that holds whenever one looks."""
    if _is_reacting(one):
        return "reacts"
    if q_value > TOLD_Q or abs(fit.mean) <= _lasting_margin(fit):
        return "nothing_seen"
    return "higher" if fit.mean > 0 else "lower"


def _is_reacting(one: Estimates) -> bool:
    return one.reacting >= REACTING_SHARE * len(one.homes)


def _compared(one: Estimates, agreed: Collection[str]) -> Iterator[dict[str, Any]]:
    fit = one.fit
    if fit is None or _is_reacting(one):
        return
    drawn, errors = shrunk(one.points, one.errors, fit)
    for place, home in enumerate(one.homes):
        if home not in agreed:
            continue
        reach = INTERVAL_Z * float(errors[place])
        facts = {
            "home": home,
            "kind": one.kind,
            "name": one.name,
            "title": one.title,
            "own_points": float(one.points[place]),
            "own_error_points": float(one.errors[place]),
            "shrunk_points": float(drawn[place]),
            "shrunk_low": float(drawn[place]) - reach,
            "shrunk_high": float(drawn[place]) + reach,
            "homes": len(one.homes),
        }
        yield facts | {"sentence": compared_sentence(facts)}
