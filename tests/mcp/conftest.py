"""The planted home, made once, and a question asked by the official client of a real process."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.made_once import made_once
from tests.mcp.planted import planted_home
from tightlog.home.settings import Home

if TYPE_CHECKING:  # Each worker imports all test files, and the official client takes a second.
    from mcp import Client, StdioServerParameters

Call = tuple[str, dict[str, Any]]


class Told(NamedTuple):
    """What the client got: the structured answer (empty for a refusal) and all its text."""

    is_error: bool
    answer: dict[str, Any]
    text: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.answer["rows"]
        return rows


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return made_once(tmp_path_factory, "planted", planted_home)


def parameters(folder: Path) -> "StdioServerParameters":
    from mcp import StdioServerParameters

    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "tightlog", "--home", str(folder), "mcp"],
        env=dict(os.environ),
    )


async def told_by(client: "Client", name: str, words: dict[str, Any]) -> Told:
    result = await client.call_tool(name, words)
    text = "\n".join(getattr(part, "text", "") for part in result.content)
    return Told(bool(result.is_error), dict(result.structured_content or {}), text)


def ask_all(folder: Path, calls: Sequence[Call]) -> list[Told]:
    """The answers to several calls, by one process."""
    from mcp import Client

    async def session() -> list[Told]:
        async with Client(parameters(folder)) as client:
            return [await told_by(client, name, words) for name, words in calls]

    return asyncio.run(session())


@pytest.fixture(scope="session")
def ask() -> Callable[[Home, Sequence[Call]], list[Told]]:
    return lambda home, calls: ask_all(home.folder, calls)
