"""What the inbox promises: a given file lies there whole or not at all, under a name that harms
nobody, and nothing is ever overwritten.
"""

import errno
import io
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tightlog.errors import InboxError
from tightlog.home.settings import Home
from tightlog.ingest.inbox import file_name, keep, keep_path, kept_as
from tightlog.ingest.source import found_files


def lying(home: Home) -> list[str]:
    """Every path under data/raw, hidden ones too."""
    return sorted(
        path.relative_to(home.raw).as_posix() for path in home.raw.rglob("*") if path.is_file()
    )


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("run.fit", "run.fit"),
        ("../../x.fit", "x.fit"),
        ("..\\..\\x.fit", "x.fit"),
        ("/etc/passwd", "passwd"),
        (".hidden", "hidden"),
        ("...", "file"),
        ("", "file"),
        ("a\x00b\n.fit", "ab.fit"),
        ("run\u202etif.exe", "runtif.exe"),
        ("\udcff.fit", "fit"),
        ("Läufe im Mai.gpx", "Läufe im Mai.gpx"),
        ("e\u0301te\u0301.csv", "été.csv"),
        ("<script>alert(1)<.fit", "<script>alert(1)<.fit"),
        ("a" * 300 + ".fit.gz", "a" * 193 + ".fit.gz"),
        ("ü" * 300, "ü" * 100),
        ("b." + "c" * 300, "b." + "c" * 198),
    ],
)
def test_a_given_name_becomes_that_of_a_visible_file_in_one_folder(
    home: Home, given: str, name: str
) -> None:
    assert file_name(given) == name
    kept = keep(home, given, io.BytesIO(b"bytes"))
    assert (kept.place, kept.is_new) == (home.inbox / name, True)
    assert [file.path for file in found_files(home.raw)] == [f"inbox/{name}"]
    assert kept.place.read_bytes() == b"bytes"


def test_another_file_of_the_same_name_is_kept_and_the_new_one_numbered(home: Home) -> None:
    names = [
        keep(home, "run.fit.gz", io.BytesIO(content)).place.name
        for content in (b"one", b"two", b"three")
    ]
    assert names == ["run.fit.gz", "run-2.fit.gz", "run-3.fit.gz"]
    assert [(home.inbox / name).read_bytes() for name in names] == [b"one", b"two", b"three"]


def test_a_dangling_link_of_that_name_is_not_written_through(home: Home, tmp_path: Path) -> None:
    home.inbox.mkdir()
    (home.inbox / "run.fit").symlink_to(tmp_path / "elsewhere.fit")
    expected = kept_as(home, "run.fit", b"run")
    assert expected == keep(home, "run.fit", io.BytesIO(b"run"))
    assert (expected.place, expected.path, expected.is_new) == (
        home.inbox / "run-2.fit",
        "inbox/run-2.fit",
        True,
    )
    assert not (tmp_path / "elsewhere.fit").exists()


def test_the_same_bytes_are_not_kept_twice_wherever_they_lie(home: Home) -> None:
    (home.raw / "watch").mkdir()
    (home.raw / "watch" / "old.fit").write_bytes(b"run")
    kept = keep(home, "new.fit", io.BytesIO(b"run"))
    assert (kept.place, kept.is_new) == (home.raw / "watch" / "old.fit", False)
    assert kept_as(home, "new.FIT", b"run") == kept
    assert lying(home) == ["watch/old.fit"]


def test_the_same_bytes_under_an_ending_that_is_not_read_are_kept_once_more(home: Home) -> None:
    (home.raw / "run.fit.part").write_bytes(b"run")
    assert keep(home, "run.fit", io.BytesIO(b"run")).is_new


def test_an_upload_that_breaks_off_leaves_nothing(home: Home) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(2)

    with pytest.raises(InboxError, match=r"'run\.fit' was not kept: Input/output error"):
        keep(home, "run.fit", Broken(b"four"))
    assert lying(home) == []


def test_a_limit_on_files_is_said_and_leaves_nothing(home: Home) -> None:
    def with_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    code = (
        "import io, sys\nfrom tightlog.errors import InboxError\nfrom tightlog.ingest.inbox "
        "import keep\nfrom tightlog.home.settings import home_folder\n"
        "home = home_folder(sys.argv[1])\nkeep(home, 'small.fit', io.BytesIO(b'1' * 4096))\n"
        "try:\n    keep(home, 'large.fit', io.BytesIO(b'1' * 4097))\nexcept InboxError as "
        "problem:\n    print(problem)\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(home.folder)],
        capture_output=True,
        text=True,
        preexec_fn=with_little_room,
        check=True,
    )
    assert "'large.fit' was not kept: File too large; raise the limit" in done.stdout
    assert lying(home) == ["inbox/small.fit"]


def test_a_full_data_folder_is_said_with_the_room_left(home: Home) -> None:
    class Full(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(InboxError, match=r"there is no room in .* MB free"):
        keep(home, "run.fit", Full())
    assert lying(home) == []


def test_an_inbox_that_is_a_link_is_refused_because_what_lies_there_is_not_seen(
    home: Home, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    home.inbox.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InboxError, match="link to a folder"):
        keep(home, "run.fit", io.BytesIO(b"run"))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_folder_is_copied_whole_beside_one_of_its_name(home: Home, tmp_path: Path) -> None:
    (tmp_path / "export" / "activities").mkdir(parents=True)
    (tmp_path / "export" / "activities" / "1.fit").write_bytes(b"run")
    assert [keep_path(home, tmp_path / "export").place.name for _ in range(2)] == [
        "export",
        "export-2",
    ]
    assert lying(home) == ["inbox/export-2/activities/1.fit", "inbox/export/activities/1.fit"]


def test_a_path_named_is_copied_once_though_its_bytes_lie_elsewhere(
    home: Home, tmp_path: Path
) -> None:
    (home.raw / "old.fit").write_bytes(b"run")
    (tmp_path / "new.fit").write_bytes(b"run")
    assert [keep_path(home, tmp_path / "new.fit").is_new for _ in range(2)] == [True, False]
    assert lying(home) == ["inbox/new.fit", "old.fit"]


def test_a_path_that_is_not_there_is_said(home: Home, tmp_path: Path) -> None:
    with pytest.raises(InboxError, match="No such file"):
        keep_path(home, tmp_path / "nothing.fit")
