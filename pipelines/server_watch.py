"""Whether a running server still serves: its process lives, its history is in place, and it
answers.
"""

import time

import httpx
from prefect.client.orchestration import PrefectClient
from prefect.exceptions import PrefectException

from pipelines.server import Server, ServerFailed
from tightlog.home.settings import Home
from tightlog.nightly.run_history import DATABASE, history_problem

ASKED_EVERY_S = 15
# A server under load may miss one question.
MISSED_ANSWERS = 2
CHECKED_EVERY_S = 600


class ServerWatch:
    """Looks after one server; to be asked every few seconds."""

    def __init__(self, server: Server, home: Home) -> None:
        self.server, self.home = server, home
        self.identity = self._identity()
        self.asked_at_s = self.checked_at_s = time.monotonic()
        self.missed = 0

    async def why_lost(self, client: PrefectClient) -> ServerFailed | None:
        """Why the server can no longer be used, None while it can."""
        what = self._process_problem() or await self._answer_problem(client)
        return None if what is None else ServerFailed(what, self.server.log)

    def _process_problem(self) -> str | None:
        if (code := self.server.process.poll()) is not None:
            return f"went away with code {code}"
        if self._identity() != self.identity:
            return "lost its history, which was removed or replaced"
        if time.monotonic() - self.checked_at_s < CHECKED_EVERY_S:
            return None
        self.checked_at_s = time.monotonic()
        problem = history_problem(self.home)
        return problem and f"has a broken history: {problem}"

    async def _answer_problem(self, client: PrefectClient) -> str | None:
        if time.monotonic() - self.asked_at_s < ASKED_EVERY_S:
            return None
        self.asked_at_s = time.monotonic()
        try:
            answer = await client.request("POST", "/flow_runs/count", json={})
            is_right = answer.is_success
        except (httpx.HTTPError, PrefectException):
            is_right = False
        if is_right:
            self.missed = 0
            return None
        if problem := history_problem(self.home):
            return f"has a broken history: {problem}"
        self.missed += 1
        return "answers with errors" if self.missed >= MISSED_ANSWERS else None

    def _identity(self) -> tuple[int, int] | None:
        """Which file the history is, None when it is gone."""
        try:
            facts = (self.home.prefect / DATABASE).stat()
        except OSError:
            return None
        return facts.st_dev, facts.st_ino
