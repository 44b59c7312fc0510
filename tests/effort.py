"""How much a run of the tests undertakes: `make test` keeps below three minutes, CI leaves nothing out."""

import os

THOROUGH = bool(os.environ.get("CBI_THOROUGH"))
"""Set by `make test-long`: everything that `make test` leaves out, and every case of what it shortens."""


def examples(most: int) -> int:
    """Give how many cases to try of ``most``: all of them in a thorough run, else every fifth, at least four."""
    return most if THOROUGH else max(most // 5, 4)
