"""R7, R8, R9, R11: how the runs were run."""

import polars as pl

from tests.patterns.conftest import spoken
from tightlog.simulation.steady.frames import day_of
from tightlog.simulation.steady.quiet import COUNT, RUNS, quiet_inputs

# The last run is on the last day.
LAST_RUN = RUNS[-1]


def last_runs(*values: float | None) -> dict[int, float | None]:
    """These values on the last runs, the newest last."""
    return dict(zip(RUNS[-len(values) :], values, strict=True))


def test_fade_is_spoken_of_until_a_week_after_the_last_long_run() -> None:
    short = dict.fromkeys(RUNS[-8:])
    fades = {RUNS[-10]: -4.0, RUNS[-9]: -4.0}
    gone = dict.fromkeys(("ground_contact_drift_pct", "vertical_ratio_drift_pp"), short)
    found = spoken("R7", quiet_inputs(runs={"cadence_drift_pct": short | fades, **gone}))
    assert (
        sorted(found) == list(range(RUNS[-9], RUNS[-9] + 7))
        and [row["state"] for row in found.values()].count("new") == 1
    )


def test_who_always_slows_the_step_late_hears_nothing_of_it() -> None:
    always = quiet_inputs(
        runs={"cadence_drift_pct": {number: -4.0 - 0.1 * (number % 3) for number in RUNS}}
    )
    # Only until ten long runs show what is usual.
    assert all(number < RUNS[10] + 7 for number in spoken("R7", always))


def test_late_fade_is_quiet_over_months_and_on_unknown_days() -> None:
    rare = dict.fromkeys(RUNS[:-3]) | dict.fromkeys(RUNS[-3:], -4.0)
    far = quiet_inputs(
        runs=dict.fromkeys(
            ("cadence_drift_pct", "ground_contact_drift_pct", "vertical_ratio_drift_pp"), rare
        )
    )
    assert spoken("R7", far)
    moved = far.activities.with_columns(
        day=pl.when(pl.col("day") == day_of(RUNS[-3]))
        .then(pl.lit(day_of(RUNS[2])))
        .otherwise("day")
    )
    assert (
        spoken(
            "R7",
            quiet_inputs(
                days={"coverage": {LAST_RUN: "unknown"}},
                runs={"cadence_drift_pct": last_runs(-4.0, -4.0)},
            ),
        )
        == {}
    )
    assert spoken("R7", type(far)(far.days, moved)) == {}


def test_ten_percent_is_called_high() -> None:
    assert spoken("R11", quiet_inputs(runs={"decoupling_pct": last_runs(10.0, 10.0)}))[LAST_RUN][
        "evidence"
    ].endswith("That happened in 2 of your last 3. 10\u00a0% or more is called high.")


def test_drift_is_spoken_of_for_three_days_and_own_limit_is_used() -> None:
    runs = {"decoupling_pct": {RUNS[-6]: 8.0, RUNS[-5]: 8.0} | dict.fromkeys(RUNS[-4:])}
    assert (
        sorted(spoken("R11", quiet_inputs(runs=runs))) == [RUNS[-5], RUNS[-5] + 1, RUNS[-5] + 2]
        and RUNS[-5] + 2 < COUNT
    )
    assert spoken("R11", quiet_inputs(runs=runs, thresholds={"R11": {"decoupling_pct": 9.0}})) == {}


def test_drifts_spread_over_months_are_no_block() -> None:
    early = dict.fromkeys(RUNS[:30], 3.0)
    near = dict.fromkeys(RUNS[30:]) | dict(zip(RUNS[-3:], (3.0, 8.0, 8.0), strict=True))
    far = dict.fromkeys(RUNS[30:]) | {RUNS[30]: 3.0, RUNS[31]: 8.0, RUNS[-1]: 8.0}
    assert LAST_RUN in spoken("R11", quiet_inputs(runs={"decoupling_pct": early | near}))
    assert LAST_RUN not in spoken("R11", quiet_inputs(runs={"decoupling_pct": early | far}))
