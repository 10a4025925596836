"""Archives: members one by one, bounded, and never a traceback."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tightlog.readers.archive import MAX_DEPTH, Member, members


def packed(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def listed(data: bytes) -> dict[str, Member]:
    return {member.name: member for member in members(io.BytesIO(data))}


def test_nested_archives_are_opened_to_their_limit_and_no_further() -> None:
    data = packed({"run.fit": b"x"})
    for level in range(MAX_DEPTH):
        data = packed({f"level{level}.zip": data})
    found = listed(data)
    assert not any(name.endswith("run.fit") for name in found)
    assert any(member.is_broken and "deep" in (member.reason or "") for member in found.values())


def test_private_side_files_of_an_export_are_not_opened() -> None:
    found = listed(
        packed({"activities.csv": b"a", "logins.csv": b"secret", "activities/1.gpx": b"<gpx/>"})
    )
    assert found["logins.csv"].data is None
    assert found["activities/1.gpx"].data == b"<gpx/>"


def test_diary_in_a_plain_archive_is_read_but_not_one_in_an_export() -> None:
    assert listed(packed({"scores.csv": b"date,score"}))["scores.csv"].data == b"date,score"


def test_member_that_claims_another_path_is_only_a_name() -> None:
    assert listed(packed({"../../etc/run.fit": b"x"}))["../../etc/run.fit"].data == b"x"


def test_run_is_known_by_its_content_or_by_a_name_a_browser_numbered() -> None:
    found = listed(
        packed(
            {
                "123.fit (2)": b"x",
                "no name": b'<?xml version="1.0"?><gpx/>',
                "photo.jpg": b"\xff\xd8",
                "notes": b"dear diary",
            }
        )
    )
    assert {name for name, member in found.items() if member.data is not None} == {
        "123.fit (2)",
        "no name",
    }


def test_of_an_export_only_the_list_and_the_recordings_are_opened() -> None:
    strava = {
        "activities.csv": b"a",
        "activities/1.gpx": b"<gpx/>",
        "messaging.json": b"{}",
        "routes/2.gpx": b"<gpx/>",
        "unheard_of.csv": b"b",
    }
    found = listed(
        packed(
            {"both/" + name: content for name, content in strava.items()}
            | {
                "garmin.zip": packed(
                    {
                        "DI_CONNECT/DI-Connect-Fitness/a_0_summarizedActivities.json": b"[]",
                        "DI_CONNECT/x/sleep.json": b"[]",
                    }
                )
            }
        )
    )
    assert {
        name.rpartition("/")[2] for name, member in found.items() if member.data is not None
    } == {"activities.csv", "1.gpx", "a_0_summarizedActivities.json"}


def test_archive_that_grows_beyond_measure_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tightlog.readers.archive.FREE_BYTES", 10_000)
    found = listed(packed({f"{number}.gpx": bytes(200_000) for number in range(9)}))
    assert any(member.is_broken and "expands" in (member.reason or "") for member in found.values())


def test_zip_named_fit_is_opened_as_what_it_is() -> None:
    assert "2020.fit/run.fit" in listed(packed({"2020.fit": packed({"run.fit": b"x"})}))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_gives_members_or_a_reason(data: st.DataObject) -> None:
    whole = bytearray(packed({"a.fit": b"x" * 400, "inner.zip": packed({"b.gpx": b"<gpx/>" * 20})}))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(whole[: data.draw(st.integers(4, len(whole)))])
    for member in members(io.BytesIO(damaged)):
        assert member.data is not None or member.reason
