"""The section [mcp] of tightlog.toml: what a language model may be told."""

from collections.abc import Mapping
from typing import Any

from tightlog.errors import SettingsError
from tightlog.language.catalogue import phrase

MCP_KNOWN = frozenset({"share"})
# Told only where the runner switches it on.
SHAREABLE = ("red_flags", "wellness", "context")


def mcp_section(section: Mapping[str, Any], file: str) -> tuple[str, ...]:
    """What is switched on, of a settings file called `file`. Raises SettingsError."""
    given = section.get("share", [])
    if not isinstance(given, list) or not all(name in SHAREABLE for name in given):
        raise SettingsError(
            file,
            phrase(
                "mcp.share is a list of {shareable}, or of some of them, not {given!r}",
                shareable=", ".join(SHAREABLE),
                given=given,
            ),
        )
    return tuple(name for name in SHAREABLE if name in given)
