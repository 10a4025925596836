"""How often a process looks for cycles of objects that nobody holds any more."""

import gc
from functools import cache

COLLECTED_AT = 100_000


@cache
def collect_rarely() -> None:
    """Takes what is imported so far for good, and looks for cycles when many new objects are there.
    What lies about is taken once, however often this is called.

    Commands and pages leave few cycles. Python looks every 2,000 objects, and from time to time at
    all of them: that took a tenth of a refresh and a quarter of a page.
    """
    gc.freeze()
    gc.set_threshold(COLLECTED_AT)
