"""Power of a maker's own field (Stryd): taken by name and unit where the device recorded none."""

from pathlib import Path

import numpy as np
import pytest

from tests.builders import SETTINGS, START, home_at
from tightlog.domain.activity import PowerRule
from tightlog.readers.fit import read_fit
from tightlog.refresh.refresh import refresh
from tightlog.simulation.files.fit_file import Column, FitMessage, fit_file, fit_timestamp
from tightlog.warehouse import store

AT = fit_timestamp(START)
COUNT = 601
WATTS = 250 + np.arange(COUNT) % 20


def stryd(
    name: str = "Power",
    unit: str = "Watts",
    native: int | None = None,
    is_big_endian: bool = False,
    scale: int | None = None,
) -> bytes:
    """A run of ten minutes with a developer field beside its records."""
    fields: dict[int, Column] = {
        253: ("uint32", AT + np.arange(COUNT)),
        5: ("uint32", np.arange(COUNT) * 280),
    }
    if native is not None:
        fields[7] = ("uint16", np.full(COUNT, native))
    description: dict[int, Column] = {
        0: ("uint8", [0, 0]),
        1: ("uint8", [0, 1]),
        2: ("uint8", [0x84, 0x02]),
        3: ("string:16", [name, "Power"]),
        8: ("string:16", [unit, "level"]),
        6: ("uint8", [scale, None]),
    }
    added = {(0, 0): ("uint16", WATTS * (scale or 1)), (0, 1): ("uint8", np.full(COUNT, 9))}
    session = {253: ("uint32", [AT + 600]), 2: ("uint32", [AT]), 5: ("enum", [1])}
    return fit_file(
        [
            FitMessage(0, {0: ("enum", [4]), 1: ("uint16", [1]), 4: ("uint32", [AT])}),
            FitMessage(207, {3: ("uint8", [0])}),
            FitMessage(206, description),
            FitMessage(20, fields, added, is_big_endian),
            FitMessage(18, session | {7: ("uint32", [600_000])}),
        ]
    )


@pytest.mark.parametrize(
    "data", [stryd(), stryd(native=0), stryd(is_big_endian=True), stryd(scale=10), stryd(unit="W")]
)
def test_power_of_a_maker_s_field_is_the_power_where_the_device_has_none(data: bytes) -> None:
    (run,) = read_fit(data, "a.fit").activities
    assert run.records["power_w"].to_list() == WATTS.tolist()
    assert run.power_w == pytest.approx(WATTS.mean())
    assert run.power_rule is PowerRule.ADDED_FIELD


def test_power_of_the_device_is_believed_before_a_maker_s() -> None:
    (run,) = read_fit(stryd(native=300), "a.fit").activities
    assert (run.power_w, run.power_rule) == (300.0, PowerRule.RECORDED)


@pytest.mark.parametrize("data", [stryd(unit="%"), stryd(name="Form Power"), stryd(unit="")])
def test_another_name_or_unit_is_no_power(data: bytes) -> None:
    (run,) = read_fit(data, "a.fit").activities
    assert (run.power_w, run.power_rule) == (None, PowerRule.RECORDED)
    assert run.records["power_w"].null_count() == COUNT


def test_the_relation_says_where_the_power_comes_from(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=stryd())
    refresh(home, SETTINGS)
    rows = store.relation(store.published_version(home), "activity")
    assert rows.select("power_rule").rows() == [("added_field",)]
    assert rows["power_w"][0] == pytest.approx(WATTS.mean())
