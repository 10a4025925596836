"""What the shell guards: a home with a password."""

import pytest

from tightlog.home.settings import Home


@pytest.fixture
def home(guarded_home: Home) -> Home:
    return guarded_home
