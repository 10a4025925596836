"""How rarely the patterns match, and what came after: histories replayed day by day, each day with
only what was known on it.

    python -m benchmarks.alarms                    steady runners, runners who train for races,
                                                   planted events, the sample runner
    python -m benchmarks.alarms --home DIR         your own home as well, after `tightlog refresh`
    python -m benchmarks.alarms --only sample --advice 120

A pattern is *shown* on a day if it is active at the end of it; R22 (nothing stood out) is left out.
*Rose* is the share of episodes whose first day was followed within 7 days by a score at least 2
points above that day's; it needs a score on the day and 4 in the 7 days after it. The base is the
same share of all days.
"""

import argparse
import tempfile
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl
from scipy import stats

from tightlog.home.settings import Home, settings_of
from tightlog.patterns.catalogue import PATTERNS, pattern
from tightlog.patterns.match import matches
from tightlog.refresh.refresh import refresh
from tightlog.refresh.replay import (
    Stretch,
    advised,
    daily_matches,
    history_of,
    stretches_of,
    stretches_of_days,
)
from tightlog.simulation.home import make_sample_home
from tightlog.simulation.steady.frames import day_of
from tightlog.simulation.steady.planted import BACKS, planted_runner
from tightlog.simulation.steady.races import racing_runner
from tightlog.simulation.steady.routine import Routine, steady_runner

RISE_POINTS, RISE_D, SCORES_AFTER = 2.0, 7, 4
FEWEST_EPISODES = 10
FINDINGS_EVERY_D = 28
# The same history whenever the benchmark runs.
SAMPLE_LAST_DAY = date(2026, 5, 31)
STEADY_BACKS = {
    "scores with a spread of 1.0": Routine(score_spread=1.0),
    "scores with a spread of 1.2": Routine(),
}
RACING_BACKS = {
    "a spread of 1.0": Routine(score_spread=1.0),
    "a calm back": Routine(score_spread=0.5),
}
RACING_D = 730
PARTS = ("steady", "races", "planted", "sample")


def main() -> None:
    options = _options()
    if "steady" in options.only:
        for name, routine in STEADY_BACKS.items():
            print_steady(name, routine, options.seeds, options.days)
    if "races" in options.only:
        for name, routine in RACING_BACKS.items():
            print_races(name, routine, options.seeds)
    if "planted" in options.only:
        for back in BACKS:
            print_planted(back, options.seeds)
    with tempfile.TemporaryDirectory() as scratch:
        if "sample" in options.only:
            print_home("the sample runner", _sample(Path(scratch) / "sample"), options.advice)
    for folder in options.home:
        print_home(str(folder), folder, options.advice)


def print_steady(name: str, routine: Routine, seeds: int, count: int) -> None:
    """Runners of one routine: every pattern shown for them is a false alarm."""
    days, found, shares = [], [], []
    for seed in range(seeds):
        stretches = list(stretches_of_days(steady_runner(count, seed, routine), FINDINGS_EVERY_D))
        days.append(_scored(stretches[-1]).with_columns(runner=seed))
        found.append(daily_matches(stretches).with_columns(runner=seed))
        shares.append(_shown_share(found[-1], count))
    mean, over = sum(shares) / seeds, sum(share >= 10 for share in shares)
    print(f"\n## {seeds} steady runners of {count} days, {name}\n")
    print(
        f"Some pattern shown on {mean:.1f} % of days; lowest {min(shares):.1f} %, highest "
        f"{max(shares):.1f} %, 10 % or more in {over}.\n"
    )
    _print_table(pl.concat(days), pl.concat(found))


def print_races(name: str, routine: Routine, seeds: int) -> None:
    """Runners who train for races, whose backs do not care; and what is said of the races."""
    days, found, shares, of_races, raced = [], [], [], 0, 0
    for seed in range(seeds):
        inputs, race_days = racing_runner(RACING_D, seed, routine)
        scored = inputs.days_with({"tightness_score": pl.Float64})
        days.append(scored.select("day", "tightness_score").with_columns(runner=seed))
        found.append(matches(inputs).with_columns(runner=seed))
        shares.append(_shown_share(found[-1], RACING_D))
        told = found[-1].filter(pl.col("pattern") == "R2", pl.col("state") == "new")["day"]
        of_races += sum(day_of(number) in told for number in race_days)
        raced += len(race_days)
    print(f"\n## {seeds} runners of {RACING_D} days who train for races, {name}\n")
    print(
        f"Some pattern shown on {sum(shares) / seeds:.1f} % of days; lowest {min(shares):.1f} %, "
        f"highest {max(shares):.1f} %. R2 told of {of_races} of {raced} races on the day.\n"
    )
    _print_table(pl.concat(days), pl.concat(found))


def print_planted(back: str, seeds: int) -> None:
    """Planted events, and how many the pattern reported the same day."""
    due: Counter[str] = Counter()
    shown_count: Counter[str] = Counter()
    for seed in range(seeds):
        inputs, days_due = planted_runner(seed, back)
        found = matches(inputs)
        for name, numbers in days_due.items():
            on = found.filter(pl.col("pattern") == name)["day"]
            due[name] += len(numbers)
            shown_count[name] += sum(day_of(number) in on for number in numbers)
    print(f"\n## Planted into {seeds} steady runners with a {back} back: reported the same day\n")
    print(
        "\n".join(
            f"- {name} {pattern(name).title}: {shown_count[name]} of {due[name]}" for name in due
        )
    )


def print_home(name: str, folder: Path, advice_days: int) -> None:
    """A home as its runner saw it, evening after evening, and the advice of its last days."""
    history = history_of(folder)
    stretches = list(stretches_of(history))
    known = [day for stretch in stretches for day in stretch.known]
    found = daily_matches(stretches)
    days = _scored(stretches[-1]).filter(pl.col("day").is_in(known)).with_columns(runner=0)
    print(
        f"\n## {name}: {len(known)} days with an activity or a diary entry, replayed in "
        f"{len(stretches)} stretches\n"
    )
    print(f"Some pattern shown on {_shown_share(found, len(known)):.1f} % of days.\n")
    _print_table(days, found.with_columns(runner=0))
    if advice_days:
        _print_advice(advised(history, stretches, since=known[-min(advice_days, len(known))]))


def share_words(count: int, of: int) -> str:
    """A share with its 95 % interval (Wilson), or that there are too few."""
    if of < FEWEST_EPISODES:
        return f"{count} of {of}: not enough"
    interval = stats.binomtest(count, of).proportion_ci(method="wilson")
    return f"{100 * count / of:.0f} % of {of} ({100 * interval.low:.0f}–{100 * interval.high:.0f})"


def rises(days: pl.DataFrame) -> pl.DataFrame:
    """Days (runner, day) with rose: whether a score 2 points higher came within 7 days; null
    without a score, or with fewer than 4 after it.
    """
    after = [
        pl.col("tightness_score").shift(-ahead).over("runner") for ahead in range(1, RISE_D + 1)
    ]
    count = pl.sum_horizontal(score.is_not_null() for score in after)
    rise = pl.max_horizontal(after) - pl.col("tightness_score")
    return days.sort("runner", "day").select(
        "runner", "day", rose=pl.when(count >= SCORES_AFTER).then(rise >= RISE_POINTS)
    )


def _print_table(days: pl.DataFrame, found: pl.DataFrame) -> None:
    judged = rises(days)
    base = judged["rose"].drop_nulls()
    begun = found.filter(pl.col("state") == "new").join(judged, on=["runner", "day"], how="left")
    print(
        "| pattern | days shown | share | episodes in 100 days | longest | rose within 7 days "
        "|\n|---|---|---|---|---|---|"
    )
    for item in PATTERNS:
        rows = found.filter(pl.col("pattern") == item.pattern)
        if rows.is_empty() or item.is_fallback:
            continue
        episodes = begun.filter(pl.col("pattern") == item.pattern)["rose"]
        longest = max((rows["day"] - rows["started_on"]).dt.total_days())
        rose = episodes.drop_nulls()
        print(
            f"| {item.pattern} {item.title} | {rows.height} | "
            f"{100 * rows.height / days.height:.1f} % | "
            f"{100 * episodes.len() / days.height:.2f} "
            f"| {longest + 1} d | {share_words(int(rose.sum()), rose.len())} |"
        )
    print(f"| any day (base) | {days.height} | | | | {share_words(int(base.sum()), base.len())} |")


def _print_advice(rows: pl.DataFrame) -> None:
    sets = (
        rows.sort("day", "rank")
        .group_by("day", maintain_order=True)
        .agg(pl.col("intervention").sort())["intervention"]
        .to_list()
    )
    again = sum(one == other for one, other in pairwise(sets))
    counts = Counter(rows["intervention"].to_list())
    print(
        f"\nAdvice of the last {len(sets)} days: {len({tuple(one) for one in sets})} "
        f"different sets, the same as the day before on {again} days.\n"
    )
    print(", ".join(f"{name} {count}" for name, count in counts.most_common()))


def _scored(last: Stretch) -> pl.DataFrame:
    return last.inputs.days_with({"tightness_score": pl.Float64}).select("day", "tightness_score")


def _shown_share(found: pl.DataFrame, count: int) -> float:
    return 100 * found.filter(pl.col("pattern") != "R22")["day"].n_unique() / count


def _sample(folder: Path) -> Path:
    make_sample_home(folder, SAMPLE_LAST_DAY)
    home = Home(folder)
    refresh(home, settings_of(home), today=SAMPLE_LAST_DAY)
    return folder


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument("--home", nargs="*", type=Path, default=[], help="homes with a warehouse")
    parser.add_argument("--seeds", type=int, default=10, help="simulated runners of each kind")
    parser.add_argument("--days", type=int, default=400, help="days of each steady runner")
    parser.add_argument(
        "--advice",
        type=int,
        default=120,
        help="days at the end whose advice is replayed, 0 for none",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
