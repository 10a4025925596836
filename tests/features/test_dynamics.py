import math
from collections.abc import Iterable

import numpy as np
import pytest

from tests.features.conftest import Home, Row
from tightlog.features.form import form_of_runs

Z_COLUMNS = ("ground_contact_z", "vertical_ratio_z", "vertical_oscillation_z", "step_length_z")
BALANCE_CHANGE = "ground_contact_balance_change_pp"


def run_with(
    home: Home,
    number: int,
    speed: float = 3.0,
    contact_shift_ms: float = 0.0,
    device: str | None = "watch",
    left_pct: float | None = None,
    hour: float = 10.0,
    grade: float = 0.0,
    count: int = 30,
) -> str:
    """A run on known lines: contact, ratio, oscillation and step length follow speed; contact
    shifted by some ms.
    """
    run = home.ran(number, hour=hour, device=device, speed_mps=speed)
    home.half_minutes(
        run,
        count,
        speed_mps=speed,
        grade=grade,
        cadence_spm=170.0,
        ground_contact_ms=420.0 - 60.0 * speed + contact_shift_ms,
        vertical_ratio_pct=11.0 - speed,
        vertical_oscillation_mm=90.0,
        step_length_mm=350.0 * speed,
        ground_contact_left_pct=left_pct,
    )
    return run


def learned(
    home: Home,
    numbers: Iterable[int] = range(0, 40, 2),
    device: str | None = "watch",
    spread_ms: float = 4.0,
    seed: int = 1,
    offset_ms: float = 0.0,
) -> None:
    random = np.random.default_rng(seed)
    for number in numbers:
        run_with(
            home, number, random.uniform(2.6, 3.4), offset_ms + spread_ms * random.normal(), device
        )


def values(home: Home) -> dict[str, Row]:
    inputs = home.inputs()
    frame = form_of_runs(inputs.activities, inputs.run_windows)
    return {row["activity_id"]: row for row in frame.iter_rows(named=True)}


def test_a_longer_contact_shows_in_own_standard_deviations(home: Home) -> None:
    learned(home, spread_ms=4.0)
    usual, longer = run_with(home, 41), run_with(home, 42, contact_shift_ms=20.0)
    found = values(home)
    assert found[usual]["ground_contact_z"] == pytest.approx(0.0, abs=1.0)
    # 20 ms of a spread of 4 ms; the spread of 20 runs is itself known to about a quarter.
    assert 3.0 < found[longer]["ground_contact_z"] < 8.0
    assert abs(found[longer]["vertical_ratio_z"]) < 0.1


def test_the_z_of_usual_runs_is_spread_like_a_standard_normal(home: Home) -> None:
    learned(home, numbers=range(0, 600, 2), spread_ms=5.0)
    z = np.array(
        [
            row["ground_contact_z"]
            for row in values(home).values()
            if row["ground_contact_z"] is not None
        ]
    )
    assert len(z) >= 289
    assert np.median(z) == pytest.approx(0.0, abs=0.2)
    assert (np.quantile(z, 0.75) - np.quantile(z, 0.25)) / 1.349 == pytest.approx(1.0, abs=0.25)
    assert np.mean(np.abs(z) > 3) < 0.02


def test_a_slower_run_is_no_longer_contact(home: Home) -> None:
    learned(home, spread_ms=3.0)
    slow = run_with(home, 42, speed=2.6)
    assert values(home)[slow]["ground_contact_z"] == pytest.approx(0.0, abs=1.0)


def test_another_device_is_never_compared(home: Home) -> None:
    learned(home)
    first_on_new = run_with(home, 42, contact_shift_ms=25.0, device="new watch")
    found = values(home)
    assert [found[first_on_new][name] for name in Z_COLUMNS] == [None] * 4
    learned(home, range(43, 55), "new watch", seed=3, offset_ms=25.0)
    later, back = run_with(home, 56, contact_shift_ms=25.0, device="new watch"), run_with(home, 57)
    found = values(home)
    assert found[later]["ground_contact_z"] == pytest.approx(0.0, abs=1.2)
    assert found[back]["ground_contact_z"] == pytest.approx(0.0, abs=1.2)


def test_a_strap_is_not_compared_with_the_wrist(home: Home) -> None:
    learned(home)
    strapped = run_with(home, 42, contact_shift_ms=25.0, left_pct=50.0)
    assert values(home)[strapped]["ground_contact_z"] is None


def test_an_unknown_device_is_not_judged(home: Home) -> None:
    learned(home, device=None)
    unknown = run_with(home, 42, device=None)
    assert values(home)[unknown]["ground_contact_z"] is None


def test_five_earlier_departures_are_needed(home: Home) -> None:
    runs = [
        run_with(home, number, speed=2.8 + 0.1 * (number % 3), contact_shift_ms=number % 4)
        for number in range(14)
    ]
    found = values(home)
    # Five runs for the first expectation, five departures for the first spread.
    assert [found[run]["ground_contact_z"] is None for run in runs] == [True] * 10 + [False] * 4


def test_the_baseline_forgets_after_sixty_days(home: Home) -> None:
    learned(home, numbers=range(0, 30, 2))
    within, after = run_with(home, 60), run_with(home, 95)
    found = values(home)
    assert found[within]["ground_contact_z"] is not None
    assert found[after]["ground_contact_z"] is None


def test_constant_dynamics_give_zero_not_infinity(home: Home) -> None:
    for number in range(20):
        run_with(home, number, left_pct=50.0)
    last, changed = (
        run_with(home, 21, left_pct=50.0),
        run_with(home, 22, contact_shift_ms=6.0, left_pct=50.0),
    )
    found = values(home)
    assert [found[last][name] for name in Z_COLUMNS] == pytest.approx([0.0] * 4, abs=1e-6)
    assert found[changed]["ground_contact_z"] == pytest.approx(
        3.0, abs=0.01
    )  # 6 ms over the least spread of 2 ms
    assert all(
        value is None or math.isfinite(value)
        for row in found.values()
        for value in list(row.values())[1:]
    )


def test_steep_half_minutes_are_left_out(home: Home) -> None:
    learned(home)
    run = run_with(home, 42)
    home.half_minutes(run, 40, starts_s=900.0, speed_mps=3.0, grade=-0.06, ground_contact_ms=300.0)
    assert values(home)[run]["ground_contact_z"] == pytest.approx(0.0, abs=1.0)


def test_means_of_runs_without_half_minutes_are_compared_with_each_other(home: Home) -> None:
    random = np.random.default_rng(5)
    learned(home, numbers=range(1, 41, 2), offset_ms=-40.0)
    for number in range(0, 40, 2):
        speed = random.uniform(2.6, 3.4)
        home.ran(
            number,
            device="watch",
            speed_mps=speed,
            ground_contact_ms=420.0 - 60.0 * speed + 4.0 * random.normal(),
        )
    usual = home.ran(42, device="watch", speed_mps=3.0, ground_contact_ms=240.0)
    longer = home.ran(43, device="watch", speed_mps=3.0, ground_contact_ms=260.0)
    found = values(home)
    assert found[usual]["ground_contact_z"] == pytest.approx(0.0, abs=1.0)
    assert 3.0 < found[longer]["ground_contact_z"] < 8.0


def test_balance_is_the_change_from_the_own_median(home: Home) -> None:
    for number, left_pct in enumerate((50.0, 50.2, 50.4, 50.6, 50.8)):
        run_with(home, number, left_pct=left_pct)
    shifted, fourth = run_with(home, 10, left_pct=51.9), 3
    found = values(home)
    assert found[shifted][BALANCE_CHANGE] == pytest.approx(51.9 - 50.4)
    assert found[f"a{fourth:04d}"][BALANCE_CHANGE] is None


def test_balance_of_another_device_is_no_baseline(home: Home) -> None:
    for number in range(8):
        run_with(home, number, left_pct=48.0, device="old strap")
    first_on_new = run_with(home, 10, left_pct=50.0)
    assert values(home)[first_on_new][BALANCE_CHANGE] is None


def test_a_swim_and_a_run_without_dynamics_have_none(home: Home) -> None:
    learned(home)
    swim, bare = home.did(42, "swimming"), home.ran(43, device="watch")
    found = values(home)
    assert (
        [found[swim][name] for name in Z_COLUMNS]
        == [found[bare][name] for name in Z_COLUMNS]
        == [None] * 4
    )
