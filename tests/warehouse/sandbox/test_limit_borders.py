"""What one query may use, at the borders that docs and pages promise."""

from tightlog.warehouse.sandbox.limits import Limits


def test_a_query_has_20_seconds_10_000_rows_a_gigabyte_and_64_megabytes_of_answer() -> None:
    limits = Limits()
    assert (limits.time_s, limits.rows) == (20.0, 10_000)
    assert limits.memory_bytes == 1_073_741_824
    assert limits.answer_bytes == 67_108_864
