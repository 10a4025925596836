"""Rows of text: whatever the layout, each value is that of its own row."""

from tightlog.readers.xml.gpx import ROW
from tightlog.readers.xml.rows.row_layout import MAX_LAYOUTS, text_rows

USUAL = b' lat="%d.5" lon="8.25">\n <ele>%d</ele>\n <time>2026-05-04T06:30:%02dZ</time>\n</trkpt>\n'


def test_each_row_has_its_own_values_in_file_order() -> None:
    found = text_rows([USUAL % (at, at, at) for at in range(50)], ROW)
    assert found["latitude_deg"] == tuple(b"%d.5" % at for at in range(50))
    assert found["recorded_at"][7] == b"2026-05-04T06:30:07Z"
    assert found["heart_rate_bpm"] == (None,) * 50


def test_rows_of_several_layouts_keep_their_places() -> None:
    rows = [USUAL % (at, at, at) for at in range(6)]
    rows[1] = rows[1].replace(b"<ele>1</ele>", b"<ele></ele>")
    rows[4] = rows[4].replace(b"</ele>", b"</ele><x:hr>140</x:hr>")
    found = text_rows(rows, ROW)
    assert list(found["altitude_m"]) == [b"0", None, b"2", b"3", b"4", b"5"]
    assert list(found["heart_rate_bpm"]) == [None, None, None, None, b"140", None]


def test_more_layouts_than_are_kept_are_read_alike() -> None:
    rows = [
        (USUAL % (at, at, at)).replace(b"<time>", b"<n%d/><time>" % at)
        for at in range(2 * MAX_LAYOUTS)
    ]
    assert list(text_rows(rows, ROW)["altitude_m"]) == [b"%d" % at for at in range(len(rows))]


def test_a_name_beyond_ascii_hides_no_value() -> None:
    rows = [USUAL % (1, 1, 1), (USUAL % (2, 2, 2)).replace(b"<time>", "<n>Ä</n><time>".encode())]
    assert list(text_rows(rows, ROW)["altitude_m"]) == [b"1", b"2"]
