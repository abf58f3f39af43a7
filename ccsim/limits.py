"""Most of what a user may ask for, so that a slip of the pen does not take the whole machine."""

from typing import Final

MOST_REPLICATIONS: Final = 100_000
MOST_DRAWS: Final = 1_000_000  # of the outcome model, of one run
MOST_DRAWS_A_POINT: Final = 10_000  # of a sweep
