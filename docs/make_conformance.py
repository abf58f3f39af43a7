"""Write docs/conformance.md: `python docs/make_conformance.py` (about three minutes, needs numba)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from conformance.table import main

if __name__ == "__main__":
    main()
