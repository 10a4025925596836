"""The tables of the calibration, line by line in Markdown, as each is measured."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.calibration.names import HABITS, RUNNERS
from benchmarks.calibration.names import LIVES as LIFE_NAMES
from tightlog.simulation.population.habits import HABIT_CELLS
from tightlog.simulation.population.lives import (
    HIDDEN_CAUSES,
    LIVES,
    LIVES_OF_NIGHTS,
    PLANTED_LIVES,
    PLANTED_NIGHTS,
    STRESS_MOVES_BOTH,
    WITHOUT_TIME,
)
from tightlog.simulation.population.looks import (
    year_of_looks,
    year_of_nights,
    year_of_reliefs,
)
from tightlog.simulation.population.rates import (
    intervention_rates,
    lowest_likely,
    null_rates,
    power_rates,
    reaction_rates,
    standard_error,
)
from tightlog.simulation.population.runner import HOSTILE_CELLS, NULL_CELLS, Runner
from tightlog.words.findings import TRAINING

YEAR = (365, 0.3)
# The gates refuse most of these runners when 30 % of the scores are missing.
COMPLETE = ("on_run_days", "on_run_days_reverse", "in_the_evening", "evening_reverse")

PLANTED = tuple(
    (Runner(carry_over, noise_share=noise, effect_per_sd=per_sd), length_d, missing)
    for carry_over, noise in ((0.5, 0.0), (0.8, 0.0), (0.95, 0.0), (0.8, 0.5))
    for per_sd, length_d, missing in (
        (0.6, 120, 0.3),
        (0.4, 120, 0.3),
        (0.0, 365, 0.3),
        (0.2, 365, 0.3),
        (0.4, 365, 0.1),
        (0.6, 365, 0.5),
    )
)
REACTIONS = ((0.0, 120), (0.0, 365), (0.6, 120), (0.6, 365), (0.9, 120), (0.9, 365), (2.0, 365))
HABIT_DIARIES = ((60, 0.1), (120, 0.3), (365, 0.3), (365, 0.5))


@dataclass(frozen=True)
class Effort:
    """How much is simulated: runners per row, permutations, seed, and which rows (all if empty)."""

    runners: int
    permutations: int
    seed: int
    cells: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()
    missing: tuple[float, ...] = ()
    # Of the runners, those who look every second week: each costs twenty analyses.
    looked_share: float = 0.42
    look_every_d: int = 14

    def diaries(self, *usual: tuple[int, float]) -> Iterable[tuple[int, float]]:
        """Days and share of missing scores of each diary: the ones asked for, else the usual."""
        return [
            (length_d, missing)
            for length_d in self.lengths or dict.fromkeys(length_d for length_d, _ in usual)
            for missing in self.missing or dict.fromkeys(share for _, share in usual)
        ]


def null_table(effort: Effort) -> Iterator[str]:
    """False claims where there is no link, for nine plain kinds of runner."""
    usual = [*itertools.product((60, 120, 365), (0.1, 0.3, 0.5))]
    yield from _rates_table(NULL_CELLS, effort, lambda _: effort.diaries(*usual))


def hostile_table(effort: Effort) -> Iterator[str]:
    """The same for runners and diaries the method was not made for."""
    yield from _rates_table(
        HOSTILE_CELLS,
        effort,
        lambda cell: effort.diaries(YEAR, *([(365, 0.0)] if cell in COMPLETE else [])),
    )


def _rates_table(
    cells: Mapping[str, Runner],
    effort: Effort,
    diaries: Callable[[str], Iterable[tuple[int, float]]],
) -> Iterator[str]:
    yield from _head(
        "truth", "days", "missing", "runners", "Pearson, worst", "Spearman, worst",
        "p < .05, worst", "28-day", "max-T", "any q < .10", "95 % interval holds 0", "`clear`",
        "claims", "`reacts`", "not enough data", "lowest likely",
    )  # fmt: skip
    for name, runner in cells.items():
        if effort.cells and name not in effort.cells:
            continue
        for length_d, missing in diaries(name):
            rates = null_rates(
                runner, length_d, missing, effort.runners, effort.permutations, effort.seed
            )
            yield _row(
                RUNNERS[name],
                str(length_d),
                _percent(missing),
                str(effort.runners),
                *_plain(rates, "pearson", "spearman", "worst", "slow", "family", "discovery"),
                *_plain(rates, "coverage", "clear", "claimed", "reacts", "too_little"),
                f"{_lowest_likely(rates, effort):.3f}",
            )


def _lowest_likely(rates: Mapping[str, float], effort: Effort) -> float:
    highest = max(rates["worst"], rates["family"], rates["claimed"])
    return lowest_likely(highest, effort.runners)


def power_table(effort: Effort) -> Iterator[str]:
    """How often a planted effect of the day-before distance is found, and its interval right."""
    yield from _head(
        "memory φ", "rating noise", "points/SD", "days", "missing", "Pearson p < .05", "p < .05",
        "q < .10", "claims", "`clear`", "interval holds the truth", "estimate",
    )  # fmt: skip
    for runner, length_d, missing in PLANTED:
        rates = power_rates(
            runner, length_d, missing, effort.runners, effort.permutations, effort.seed
        )
        yield _row(
            str(runner.carry_over),
            str(runner.noise_share),
            str(runner.effect_per_sd),
            str(length_d),
            _percent(missing),
            *_plain(rates, "pearson", "p", "q"),
            _with_error(rates["claimed"], effort),
            *_plain(rates, "clear", "coverage", "estimate"),
        )


def direction_table(effort: Effort) -> Iterator[str]:
    """How often the reaction test fires (p < .05) when the back steers the running, or does not."""
    yield from _head("strength", "days", "reaction test p < .05", "`reacts`", "claims")
    for strength, length_d in REACTIONS:
        rates = reaction_rates(strength, length_d, effort.runners, effort.permutations, effort.seed)
        yield _row(str(strength), str(length_d), *(_with_error(rate, effort) for rate in rates))


def habit_table(effort: Effort) -> Iterator[str]:
    """Verdicts on an intervention without and with an effect, beside the naive comparison."""
    yield from _head(
        "done on", "true effect", "days", "missing", "naive", "estimate", "`helps`", "`hurts`",
        "p < .05", "not enough data", "interval holds the truth", "naive before/after",
    )  # fmt: skip
    for (name, habit), true_points, (length_d, missing) in itertools.product(
        HABIT_CELLS.items(), (0.0, -0.5, -1.0), HABIT_DIARIES
    ):
        rates = intervention_rates(
            habit, true_points, length_d, missing, effort.runners, effort.permutations, effort.seed
        )
        yield _row(
            HABITS[name],
            f"{true_points:.1f}".replace("-", "−"),
            str(length_d),
            _percent(missing),
            *(f"{rates[kind]:+.2f}".replace("-", "−") for kind in ("naive", "estimate")),
            *_plain(rates, "helps", "hurts", "p", "too_little", "coverage", "before_after"),
        )


LOOKS = ("ever", "hint", "one look", "median first day", "shown / true", "interval holds")


def looks_table(effort: Effort) -> Iterator[str]:
    """What a runner is told who looks every second week of a year, in lives that are not kind."""
    yield from _head("life", "days", "runners", *LOOKS, "wrong sign")
    lives = LIVES | PLANTED_LIVES | WITHOUT_TIME | HIDDEN_CAUSES
    for name, life in lives.items():
        runners = max(1, round(effort.runners * effort.looked_share))
        rates = year_of_looks(
            life, runners, effort.permutations, effort.seed, every_d=effort.look_every_d
        )
        yield _row(LIFE_NAMES[name], "365", str(runners), *_known(rates, *LOOKS, "wrong sign"))


NIGHT_RATES = ("ever", "one look", "hint", "sleep", "right sign", "reacts")


def nights_table(effort: Effort) -> Iterator[str]:
    """What a runner with a watch is told of nights and days in a year of looks."""
    yield from _head("life", "runners", *NIGHT_RATES)
    for name, life in (LIVES_OF_NIGHTS | PLANTED_NIGHTS).items():
        runners = max(1, round(effort.runners * effort.looked_share))
        rates = year_of_nights(
            life, runners, effort.permutations, effort.seed, every_d=effort.look_every_d
        )
        yield _row(LIFE_NAMES[name], str(runners), *_known(rates, *NIGHT_RATES))


def stress_table(effort: Effort) -> Iterator[str]:
    """What is told of training where stress moves it and the back, with and without a watch."""
    yield from _head("life", "runners", *NIGHT_RATES[:3])
    for name, life in STRESS_MOVES_BOTH.items():
        rates = year_of_nights(
            life,
            effort.runners,
            effort.permutations,
            effort.seed,
            every_d=effort.look_every_d,
            family=TRAINING,
        )
        yield _row(LIFE_NAMES[name], str(effort.runners), *_known(rates, *NIGHT_RATES[:3]))


def reliefs_table(effort: Effort) -> Iterator[str]:
    """The same of five interventions without any effect."""
    names = ("ever helps", "ever hurts", "helps, one look", "hint")
    yield from _head("done on", "runners", *names)
    for title, in_flares in (("tight days", False), ("flares over a slow level", True)):
        runners = max(1, round(effort.runners * effort.looked_share))
        rates = year_of_reliefs(
            in_flares, runners, effort.permutations, effort.seed, every_d=effort.look_every_d
        )
        yield _row(title, str(runners), *_plain(rates, *names))


def _known(rates: Mapping[str, float], *names: str) -> list[str]:
    # A rate, a day, or a dash where there is nothing to tell.
    return [
        "–"
        if not np.isfinite(rates[name])
        else f"{rates[name]:.0f}"
        if "day" in name
        else f"{rates[name]:.2f}"
        for name in names
    ]


def _head(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield _row(*("---" for _ in cells))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(rates: Mapping[str, float], *names: str) -> list[str]:
    return [f"{rates[name]:.3f}" for name in names]


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _with_error(rate: float, effort: Effort) -> str:
    return f"{rate:.3f} ± {standard_error(rate, effort.runners):.3f}"


TABLES: dict[str, Callable[[Effort], Iterator[str]]] = {
    "null": null_table,
    "hostile": hostile_table,
    "power": power_table,
    "direction": direction_table,
    "habits": habit_table,
    "looks": looks_table,
    "reliefs": reliefs_table,
    "nights": nights_table,
    "stress": stress_table,
}
