"""Messages of the same header in a row are followed together: each is found, and none more."""

from itertools import accumulate

import pytest

from tightlog.readers.fit.scan import RUN, scanned

# Definitions of local messages 0 (file_id, 3 bytes a row) and 1 (record, 5 bytes a row).
THREE = bytes([0x40, 0, 0, 0, 0, 1, 0, 3, 13])
FIVE = bytes([0x41, 0, 0, 20, 0, 1, 3, 5, 13])
SIZES = {0: 4, 1: 6}


@pytest.mark.parametrize("count", [1, RUN - 1, RUN, RUN + 1, 5 * RUN, 21 * RUN + 1])
def test_every_message_of_a_run_is_found(count: int) -> None:
    headers = [0, *[1] * count, 0, 1, *[0] * count]
    body = THREE + FIVE + b"".join(bytes([one]) + b"\1" * (SIZES[one] - 1) for one in headers)
    found = scanned(body)
    at = list(accumulate((SIZES[one] for one in headers), initial=len(THREE + FIVE)))
    assert found.positions.tolist() == at[:-1]
    assert found.problem is None


def test_a_run_that_is_cut_off_ends_before_the_cut() -> None:
    body = THREE + (bytes([0]) + b"\0\0\0") * (3 * RUN)
    found = scanned(body[:-1])
    assert found.positions.size == 3 * RUN - 1
    assert found.problem == "the file breaks off within a message"
