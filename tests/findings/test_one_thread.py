"""The statistics on one thread, whoever calls them."""

from collections.abc import Callable, Iterator
from typing import ClassVar

import numpy as np
import polars as pl
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from tightlog.findings import association
from tightlog.findings import effects as effect_statistics
from tightlog.findings.association import associate, told_at_any_look
from tightlog.findings.effects import effects, effects_told
from tightlog.findings.exposures import full_calendar
from tightlog.findings.one_thread import on_one_thread


def threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_linear_algebra_has_one_thread_while_the_statistics_run_and_its_own_after() -> None:
    with threadpool_limits(2, "blas"):
        assert on_one_thread(threads)() == {1}
        assert threads() == {2}


def test_threads_come_back_after_an_error() -> None:
    with threadpool_limits(2, "blas"):
        with pytest.raises(np.linalg.LinAlgError):
            on_one_thread(np.linalg.inv)(np.zeros((2, 2)))
        assert threads() == {2}


class Watched(list[str]):
    """Names that note how many threads there are whenever they are looked at."""

    seen: ClassVar[set[int]] = set()

    def __iter__(self) -> Iterator[str]:
        self.seen.update(threads())
        return super().__iter__()


def test_findings_and_effects_limit_themselves() -> None:
    days = pl.DataFrame(schema={"day": pl.Date, "tightness_score": pl.Float64, "x": pl.Float64})
    asked: tuple[Callable[[], pl.DataFrame], ...] = (
        lambda: associate(days, exposures=Watched(["x"])),
        lambda: effects(days, interventions=Watched(["x"])),
    )
    for ask in asked:
        Watched.seen.clear()
        with threadpool_limits(2, "blas"):
            ask()
        assert Watched.seen == {1}


def test_looks_at_the_past_limit_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine fifty of them on two threads took a hundred times as long."""
    seen: list[set[int]] = []

    def calendar(days: pl.DataFrame) -> pl.DataFrame:
        seen.append(threads())
        return full_calendar(days)

    monkeypatch.setattr(association, "full_calendar", calendar)
    monkeypatch.setattr(effect_statistics, "full_calendar", calendar)
    days = pl.DataFrame(schema={"day": pl.Date, "tightness_score": pl.Float64, "x": pl.Float64})
    with threadpool_limits(2, "blas"):
        told_at_any_look(days)
        effects_told(days, ["x"])
    assert seen == [{1}, {1}]
