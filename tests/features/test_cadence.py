import numpy as np
import pytest

from tests.features.conftest import Home
from tightlog.features.form import form_of_runs

INTERCEPT, PER_MPS, PER_GRADE = 140.0, 9.0, -25.0


def jog(
    home: Home,
    number: int,
    shift_pct: float = 0.0,
    windows: int = 40,
    with_grade: bool = True,
    speed: float | None = None,
    hour: float = 10.0,
    noise: float = 0.0,
) -> str:
    """A run on a known cadence line, shifted by some percent."""
    random = np.random.default_rng(number * 100 + int(hour))
    run = home.ran(number, hour=hour)
    for index in range(windows):
        pace = speed or random.uniform(2.4, 3.6)
        grade = random.uniform(-0.06, 0.06) if with_grade else None
        cadence = INTERCEPT + PER_MPS * pace + PER_GRADE * (grade or 0.0) + noise * random.normal()
        home.windows.append(
            {
                "activity_id": run,
                "window_index": index,
                "elapsed_s": 30.0 * index,
                "seconds": 30.0,
                "speed_mps": pace,
                "cadence_spm": cadence * (1 + shift_pct / 100),
                "grade": grade,
            }
        )
    return run


def residuals(home: Home, column: str = "cadence_residual_pct") -> dict[str, float | None]:
    inputs = home.inputs()
    frame = form_of_runs(inputs.activities, inputs.run_windows)
    assert frame["activity_id"].to_list() == inputs.activities["activity_id"].to_list()
    return dict(frame.select("activity_id", column).iter_rows())


def test_a_planted_shift_is_recovered(home: Home) -> None:
    for number in range(0, 20, 2):
        jog(home, number, noise=1.0)
    shifted = jog(home, 20, shift_pct=-4.0, noise=1.0)
    assert residuals(home)[shifted] == pytest.approx(-4.0, abs=0.3)


def test_the_own_line_is_recovered_exactly_without_noise(home: Home) -> None:
    for number in range(0, 20, 2):
        jog(home, number)
    same = jog(home, 20)
    assert residuals(home)[same] == pytest.approx(0.0, abs=0.01)


def test_a_slow_run_is_not_a_low_cadence_run(home: Home) -> None:
    for number in range(0, 20, 2):
        jog(home, number)
    slow = jog(home, 20, speed=2.45)
    assert residuals(home)[slow] == pytest.approx(0.0, abs=0.05)


def test_the_run_itself_and_later_runs_are_not_its_norm(home: Home) -> None:
    earlier = [jog(home, number) for number in range(0, 12, 2)]
    shifted = jog(home, 12, shift_pct=-5.0)
    before = residuals(home)
    for number in range(14, 30, 2):
        jog(home, number, shift_pct=10.0)
    after = residuals(home)
    assert before[shifted] == pytest.approx(-5.0, abs=0.05)
    assert after[shifted] == before[shifted]
    assert [after[run] for run in earlier] == [before[run] for run in earlier]


def test_five_earlier_runs_are_needed(home: Home) -> None:
    runs = [jog(home, number, windows=20) for number in range(0, 14, 2)]
    values = residuals(home)
    assert [values[run] is None for run in runs] == [True] * 5 + [False] * 2


def test_sixty_earlier_windows_are_needed(home: Home) -> None:
    runs = [jog(home, number, windows=11) for number in range(0, 14, 2)]
    values = residuals(home)
    assert [values[run] is None for run in runs] == [True] * 6 + [False]


def test_the_norm_forgets_after_ninety_days(home: Home) -> None:
    for number in range(0, 12, 2):
        jog(home, number)
    late, later = jog(home, 90), jog(home, 101)
    values = residuals(home)
    assert values[late] is not None
    assert values[later] is None


def test_a_treadmill_run_is_judged_without_grade(home: Home) -> None:
    for number in range(0, 20, 2):
        jog(home, number, noise=0.5)
    treadmill = jog(home, 20, shift_pct=3.0, with_grade=False, noise=0.5)
    assert residuals(home)[treadmill] == pytest.approx(3.0, abs=0.4)


def test_a_runner_of_one_speed_only_has_a_norm(home: Home) -> None:
    for number in range(0, 20, 2):
        jog(home, number, with_grade=False, speed=2.8)
    shifted = jog(home, 20, shift_pct=2.0, with_grade=False, speed=2.8)
    assert residuals(home)[shifted] == pytest.approx(2.0, abs=0.01)


def test_a_speed_never_run_is_not_judged(home: Home) -> None:
    for number in range(0, 20, 2):
        jog(home, number, with_grade=False, speed=2.8)
    sprint = jog(home, 20, with_grade=False, speed=4.5)
    assert residuals(home)[sprint] is None


def test_walking_breaks_and_doubled_cadence_are_left_out(home: Home) -> None:
    for number in range(0, 20, 2):
        jog(home, number)
    run = jog(home, 20)
    for index in range(100, 160):
        window = {"activity_id": run, "seconds": 30.0, "grade": 0.0}
        home.windows.append(
            window | {"window_index": index, "speed_mps": 1.4, "cadence_spm": 135.0}
        )
        home.windows.append(
            window | {"window_index": index + 100, "speed_mps": 2.9, "cadence_spm": 330.0}
        )
    assert residuals(home)[run] == pytest.approx(0.0, abs=0.05)


def test_a_window_without_a_speed_is_left_out(home: Home) -> None:
    for number in range(0, 20, 2):
        run = jog(home, number)
        window = {"activity_id": run, "window_index": 99, "seconds": 30.0, "grade": 0.0}
        home.windows.append(window | {"speed_mps": float("nan"), "cadence_spm": 160.0})
    last = jog(home, 20)
    assert residuals(home)[last] == pytest.approx(0.0, abs=0.05)


def test_an_activity_without_windows_has_null(home: Home) -> None:
    for number in range(0, 20, 2):
        jog(home, number)
    swim = home.did(21, "swimming")
    assert residuals(home)[swim] is None


def test_no_windows_at_all_give_nulls(home: Home) -> None:
    run = home.ran(0)
    assert residuals(home) == {run: None}


def test_variability_is_the_robust_spread_around_the_own_norm(home: Home) -> None:
    for number in range(0, 20, 2):
        home.half_minutes(home.ran(number), 40, speed_mps=2.8, cadence_spm=170.0)
    uneven = home.ran(20)
    home.half_minutes(
        uneven, 40, speed_mps=2.8, cadence_spm=lambda index: 170.0 * (1 + (index % 5 - 2) / 100)
    )
    even = home.ran(21)
    home.half_minutes(even, 40, speed_mps=2.8, cadence_spm=170.0)
    values = residuals(home, "cadence_variability_pct")
    # Residuals of -2, -1, 0, 1, 2 %: their distances from the median are 0, 1, 1, 2, 2, so 1.4826 x
    # 1.
    assert values[uneven] == pytest.approx(1.4826, abs=1e-6)
    assert values[even] == pytest.approx(0.0, abs=1e-9)


def test_one_stumble_hardly_widens_the_variability(home: Home) -> None:
    for number in range(0, 20, 2):
        jog(home, number, noise=1.0)
    run = jog(home, 20, noise=1.0)
    before = residuals(home, "cadence_variability_pct")[run]
    home.windows[-1]["cadence_spm"] = 215.0
    assert residuals(home, "cadence_variability_pct")[run] == pytest.approx(before, rel=0.1)
