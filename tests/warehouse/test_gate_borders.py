"""How long a query may be, at the border."""

import duckdb
import pytest

from tightlog.errors import QueryError
from tightlog.warehouse.gate import passed


def test_a_query_of_200_000_characters_passes_and_one_more_is_refused() -> None:
    longest = "select 1".ljust(200_000)
    with duckdb.connect() as connection:
        assert passed(longest, connection)
        with pytest.raises(QueryError, match="longer than 200,000 characters"):
            passed(f"{longest} ", connection)
