"""R7, R8, R9, R11: how the runs were run."""

import polars as pl
import pytest

from tests.patterns.conftest import spoken
from tightlog.simulation.steady.days import day_of
from tightlog.simulation.steady.quiet import COUNT, RUNS, quiet_inputs

# The last run is on the last day.
LAST_RUN = RUNS[-1]


def last_runs(*values):
    """These values on the last runs, the newest last."""
    return dict(zip(RUNS[-len(values):], values, strict=True))


def test_two_fades_in_three_long_runs_are_told_with_the_numbers_of_the_last():
    found = spoken("R7", quiet_inputs(runs={
        "cadence_drift_pct": last_runs(-3.0, 0.0, -4.16), "ground_contact_drift_pct": last_runs(3.5), "vertical_ratio_drift_pp": last_runs(0.4),
    }))
    assert list(found) == [LAST_RUN] and (found[LAST_RUN]["value"], found[LAST_RUN]["threshold"]) == (2.0, 2.0)
    assert found[LAST_RUN]["evidence"] == (
        "In 2 of your last 3 runs of 40 minutes or more your form faded late; on 20 July 2025: cadence 4.2\u00a0% lower, "
        "ground contact 3.5\u00a0% longer, vertical ratio 0.4 points higher in the last third than in the first."
    )


def test_fade_is_spoken_of_until_a_week_after_the_last_long_run():
    short = dict.fromkeys(RUNS[-8:])
    fades = {RUNS[-10]: -4.0, RUNS[-9]: -4.0}
    gone = dict.fromkeys(("ground_contact_drift_pct", "vertical_ratio_drift_pp"), short)
    found = spoken("R7", quiet_inputs(runs={"cadence_drift_pct": short | fades, **gone}))
    assert sorted(found) == list(range(RUNS[-9], RUNS[-9] + 7)) and [row["state"] for row in found.values()].count("new") == 1


def test_contact_and_bounce_count_only_together():
    contact, ratio = {"ground_contact_drift_pct": last_runs(4.0, 4.0)}, {"vertical_ratio_drift_pp": last_runs(0.5, 0.5)}
    assert spoken("R7", quiet_inputs(runs=contact)) == {} and spoken("R7", quiet_inputs(runs=ratio)) == {}
    assert spoken("R7", quiet_inputs(runs=contact | ratio))


@pytest.mark.parametrize("drifts", [(-2.9, -2.9, -2.9), (0.0, 0.0, -6.0), (None, None, None)])
def test_small_single_or_unknown_fades_are_quiet(drifts):
    assert spoken("R7", quiet_inputs(runs={"cadence_drift_pct": last_runs(*drifts)})) == {}


def test_who_always_slows_the_step_late_hears_nothing_of_it():
    always = quiet_inputs(runs={"cadence_drift_pct": {number: -4.0 - 0.1 * (number % 3) for number in RUNS}})
    # Only until ten long runs show what is usual.
    assert all(number < RUNS[10] + 7 for number in spoken("R7", always))


def test_late_fade_is_quiet_over_months_and_on_unknown_days():
    rare = dict.fromkeys(RUNS[:-3]) | dict.fromkeys(RUNS[-3:], -4.0)
    far = quiet_inputs(runs=dict.fromkeys(("cadence_drift_pct", "ground_contact_drift_pct", "vertical_ratio_drift_pp"), rare))
    assert spoken("R7", far)
    moved = far.activities.with_columns(day=pl.when(pl.col("day") == day_of(RUNS[-3])).then(pl.lit(day_of(RUNS[2]))).otherwise("day"))
    assert spoken("R7", quiet_inputs(days={"coverage": {LAST_RUN: "unknown"}}, runs={"cadence_drift_pct": last_runs(-4.0, -4.0)})) == {}
    assert spoken("R7", type(far)(far.days, moved)) == {}


def test_own_drift_is_used():
    fades = {"cadence_drift_pct": last_runs(-4.0, -4.0)}
    assert spoken("R7", quiet_inputs(runs=fades, thresholds={"R7": {"cadence_drift_pct": -5.0}})) == {}


def test_three_bouncy_runs_of_five_are_told_with_their_numbers():
    found = spoken("R8", quiet_inputs(runs={"vertical_ratio_z": last_runs(1.5, 0.0, 2.14, 0.2, 1.7)}))
    assert list(found) == [LAST_RUN] and (found[LAST_RUN]["value"], found[LAST_RUN]["threshold"]) == (1.5, 1.5)
    assert found[LAST_RUN]["evidence"] == (
        "In 3 of the last 5 outdoor runs with this device your vertical ratio was 1.5 times your usual spread or more above your own norm "
        "at that pace (highest: 2.1 times)."
    )


def test_oscillation_stands_in_where_the_ratio_is_not_known():
    runs = {"vertical_ratio_z": dict.fromkeys(RUNS), "vertical_oscillation_z": dict.fromkeys(RUNS, 0.0) | last_runs(2.0, 2.0, 2.0)}
    assert "your vertical oscillation was" in spoken("R8", quiet_inputs(runs=runs))[LAST_RUN]["evidence"]


@pytest.mark.parametrize("z", [(2.0, 2.0), (1.4, 1.4, 1.4, 1.4, 1.4), (None, 2.0, 2.0)])
def test_bounce_just_below_its_limits_is_quiet(z):
    assert spoken("R8", quiet_inputs(runs={"vertical_ratio_z": last_runs(*z)})) == {}


@pytest.mark.parametrize("changes", [
    {"device": last_runs("watch", "strap", "watch")}, {"device": dict.fromkeys(RUNS)}, {"is_indoor": last_runs(True, True, True)},
])
def test_bounce_of_two_devices_of_none_or_of_the_treadmill_is_quiet(changes):
    high = {"vertical_ratio_z": last_runs(2.0, 2.0, 2.0)}
    assert spoken("R8", quiet_inputs(runs=high)) and spoken("R8", quiet_inputs(runs=high | changes)) == {}


def test_own_bounce_is_used():
    high = {"vertical_ratio_z": last_runs(2.0, 2.0, 2.0)}
    assert spoken("R8", quiet_inputs(runs=high, thresholds={"R8": {"bounce_z": 2.5}})) == {}
    assert spoken("R8", quiet_inputs(runs=high, thresholds={"R8": {"high_runs": 4.0}})) == {}


def shift(change, share, **more):
    return quiet_inputs(runs={"ground_contact_balance_change_pp": last_runs(change, 0.0, change),
                              "ground_contact_left_pct": last_runs(share, 50.4, share), **more})


@pytest.mark.parametrize(("change", "share", "words"), [(1.0, 52.1, "left foot"), (-1.0, 47.9, "right foot")])
def test_two_shifts_to_one_side_are_told_with_their_numbers(change, share, words):
    found = spoken("R9", shift(change, share))
    assert list(found) == [LAST_RUN] and (found[LAST_RUN]["value"], found[LAST_RUN]["threshold"]) == (1.0, 1.0)
    assert found[LAST_RUN]["evidence"] == (
        f"In 2 of your last 3 runs with this device your {words} took more of the ground contact than usual: 52.1\u00a0% last, "
        "1.0 points above your own 60-day median."
    )


@pytest.mark.parametrize(("change", "share"), [(0.9, 53.0), (1.5, 52.0), (2.0, 47.0), (None, 53.0), (2.0, None)])
def test_small_shift_step_towards_even_and_unknown_balance_are_quiet(change, share):
    assert spoken("R9", shift(change, share)) == {}


def test_shift_to_either_side_in_turn_or_on_two_devices_is_quiet():
    turns = {"ground_contact_balance_change_pp": last_runs(2.0, 0.0, -2.0), "ground_contact_left_pct": last_runs(53.0, 50.4, 47.0)}
    assert spoken("R9", quiet_inputs(runs=turns)) == {}
    assert spoken("R9", shift(2.0, 53.0, device=last_runs("strap", "watch", "watch"))) == {}
    assert spoken("R9", shift(2.0, 53.0, device=dict.fromkeys(RUNS))) == {}


def test_own_shift_is_used():
    runs = {"ground_contact_balance_change_pp": last_runs(1.5, 1.5), "ground_contact_left_pct": last_runs(52.5, 52.5)}
    assert spoken("R9", quiet_inputs(runs=runs)) and spoken("R9", quiet_inputs(runs=runs, thresholds={"R9": {"uneven_pp": 3.0}})) == {}


def test_drift_in_two_of_three_steady_runs_is_told_with_its_numbers():
    found = spoken("R11", quiet_inputs(runs={"decoupling_pct": last_runs(5.2, 3.0, 7.24)}))
    assert list(found) == [LAST_RUN] and (found[LAST_RUN]["value"], found[LAST_RUN]["threshold"]) == (7.24, 5.0)
    assert found[LAST_RUN]["evidence"] == (
        "On Sunday's steady run you covered 7.2\u00a0% less ground per heartbeat in the second half than in the first; nine of ten of your "
        "earlier ones stayed within 3.0\u00a0%. It was so in 2 of your last 3."
    )


def test_ten_percent_is_called_high():
    assert spoken("R11", quiet_inputs(runs={"decoupling_pct": last_runs(10.0, 10.0)}))[LAST_RUN]["evidence"].endswith(
        "It was so in 2 of your last 3. 10\u00a0% or more is called high."
    )


@pytest.mark.parametrize("drifts", [(4.9, 4.9), (9.0,), (9.0, 9.0, 3.0), (None, 9.0)])
def test_single_small_or_passing_drift_is_quiet(drifts):
    assert LAST_RUN not in spoken("R11", quiet_inputs(runs={"decoupling_pct": last_runs(*drifts)}))


def test_drift_is_quiet_for_whom_it_is_usual_and_before_ten_steady_runs():
    assert spoken("R11", quiet_inputs(runs={"decoupling_pct": dict.fromkeys(RUNS, 8.0)})) == {}
    few = dict.fromkeys(RUNS[:-11]) | last_runs(8.0, 8.0)
    assert spoken("R11", quiet_inputs(runs={"decoupling_pct": few})) == {}
    assert spoken("R11", quiet_inputs(runs={"decoupling_pct": dict.fromkeys(RUNS[:-12]) | last_runs(8.0, 8.0)}))


def test_drift_is_spoken_of_for_three_days_and_own_limit_is_used():
    runs = {"decoupling_pct": {RUNS[-6]: 8.0, RUNS[-5]: 8.0} | dict.fromkeys(RUNS[-4:])}
    assert sorted(spoken("R11", quiet_inputs(runs=runs))) == [RUNS[-5], RUNS[-5] + 1, RUNS[-5] + 2] and RUNS[-5] + 2 < COUNT
    assert spoken("R11", quiet_inputs(runs=runs, thresholds={"R11": {"decoupling_pct": 9.0}})) == {}


def only_runs(names, numbers, **more):
    """The quiet runner, these columns known on these runs only."""
    unknown = dict.fromkeys(number for number in RUNS if number not in numbers)
    return quiet_inputs(runs={name: unknown | dict.fromkeys(numbers, value) for name, value in names.items()}, **more)


@pytest.mark.parametrize(("pattern", "columns", "near", "far"), [
    ("R8", {"vertical_ratio_z": 2.0}, RUNS[-5:], [*RUNS[-24:-20], RUNS[-1]]),
    ("R9", {"ground_contact_balance_change_pp": 2.0, "ground_contact_left_pct": 53.0}, RUNS[-3:], [*RUNS[-15:-13], RUNS[-1]]),
])
def test_runs_spread_over_weeks_are_no_block(pattern, columns, near, far):
    assert spoken(pattern, only_runs(columns, near)) and LAST_RUN not in spoken(pattern, only_runs(columns, far))


def test_drifts_spread_over_months_are_no_block():
    early = dict.fromkeys(RUNS[:30], 3.0)
    near = dict.fromkeys(RUNS[30:]) | dict(zip(RUNS[-3:], (3.0, 8.0, 8.0), strict=True))
    far = dict.fromkeys(RUNS[30:]) | {RUNS[30]: 3.0, RUNS[31]: 8.0, RUNS[-1]: 8.0}
    assert LAST_RUN in spoken("R11", quiet_inputs(runs={"decoupling_pct": early | near}))
    assert LAST_RUN not in spoken("R11", quiet_inputs(runs={"decoupling_pct": early | far}))
