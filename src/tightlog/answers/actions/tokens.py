"""Making and revoking tokens that may log."""

from datetime import datetime

from tightlog.home.arriving.log_tokens import LogToken, log_tokens, make_token, revoke_token
from tightlog.home.settings import Home, settings_of


def new_token(home: Home, name: str) -> str:
    """A token, to be shown once. Raises TokenRefused."""
    return make_token(home, name, datetime.now(settings_of(home).zone).date())


def end_token(home: Home, name: str) -> None:
    """Ends a token at once. Raises TokenRefused."""
    revoke_token(home, name)


def standing_tokens(home: Home) -> tuple[LogToken, ...]:
    """The tokens in force. Raises TokenRefused."""
    return log_tokens(home)
