"""What is packed is opened or named: gzip members are one file, other packings get a reason."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from zoneinfo import ZoneInfo

import pytest

from tests.builders import run_fit, zipped
from tightlog.domain.file_status import FileStatus
from tightlog.readers.archive import Member, members
from tightlog.readers.content import gunzipped, read_content

ZONE = ZoneInfo("Europe/Zurich")


def tar(mode: str) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:  # type: ignore[call-overload]
        entry = tarfile.TarInfo("run.fit")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"fit!"))
    return target.getvalue()


@pytest.mark.parametrize("pad", [b"", bytes(100)], ids=["plain", "padded"])
def test_several_members_of_gzip_are_one_file(pad: bytes) -> None:
    run = run_fit()
    packed = b"".join(gzip.compress(run[at : at + 5000]) + pad for at in range(0, len(run), 5000))
    found = read_content(packed, "run.fit.gz", ZONE)
    assert found.status is FileStatus.READ
    assert found.activities[0].elapsed_s == 1200.0


def test_a_broken_later_member_keeps_what_came_before() -> None:
    first = gzip.compress(b"a" * 1000)
    assert gunzipped(first + gzip.compress(b"b" * 1000)[:-6]) == (
        b"a" * 1000 + b"b" * 1000,
        "the gzip packing ends too early",
    )
    found, problem = gunzipped(first + b"\x1f\x8b\x08" + b"\xff" * 30)
    assert found == b"a" * 1000 and "damaged" in (problem or "")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (bz2.compress(run_fit()), "bzip2"),
        (lzma.compress(run_fit()), "xz"),
        (tar("w"), "tar"),
        (tar("w:gz"), "tar within gzip"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "7z"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(100), "RAR"),
    ],
)
def test_a_packing_that_is_not_opened_is_named(data: bytes, name: str) -> None:
    found = read_content(data, "run.fit", ZONE)
    assert found.status is FileStatus.UNREADABLE
    assert f"packed as {name}" in (found.reason or "") and "unpack it" in (found.reason or "")


def only(data: bytes) -> Member:
    (member,) = members(io.BytesIO(data))
    return member


def test_packings_within_a_zip_are_named_too() -> None:
    assert "packed as tar" in (only(zipped({"runs.tar": tar("w")})).reason or "")
    assert "a spreadsheet" in (only(zipped({"back.numbers": zipped({"a": b""})})).reason or "")


def test_an_encrypted_member_says_that_it_needs_no_password() -> None:
    data = bytearray(zipped({"run.fit": run_fit(minutes=1)}))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + flags_at] |= 1
    assert zipfile.ZipFile(io.BytesIO(bytes(data))).infolist()[0].flag_bits & 1
    assert "with a password" in (only(bytes(data)).reason or "")
