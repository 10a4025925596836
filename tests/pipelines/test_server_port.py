"""Two homes may start their servers at the same moment: each reaches its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import server as serving
from pipelines.environment import own_environment, password, prefect_folder
from pipelines.server import is_healthy, is_ours, running_server
from tests.builders import home_at
from tightlog.home.settings import Home

pytestmark = pytest.mark.slow


def test_a_port_another_home_has_just_taken_is_left_to_it(
    tmp_path: Path, with_history: Callable[[Home], Home], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (
        prefect_folder(with_history(home_at(tmp_path / name))) for name in ("first", "second")
    )
    free = serving.free_port
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own_environment(first, {}).items():
            patch.setenv(name, value)
        with running_server(first) as taken:
            for name, value in own_environment(second, {}).items():
                patch.setenv(name, value)
            # What the second home saw as free a moment ago is the first one's now.
            ports = iter([int(taken.page_url.rpartition(":")[2])])
            monkeypatch.setattr(serving, "free_port", lambda: next(ports, None) or free())
            with running_server(second) as other:
                assert other.api_url != taken.api_url
                assert is_ours(other.api_url, password(second)) and not is_ours(
                    taken.api_url, password(second)
                )
            assert is_healthy(taken.api_url) and is_ours(taken.api_url, password(first))
