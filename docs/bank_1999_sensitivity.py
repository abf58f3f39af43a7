"""How much the 1999 bank's figures hang on the reading of the staffing: docs/bank_1999_staffing.csv.

    python docs/bank_1999_sensitivity.py FOLDER_WITH_THE_LOG

Needs the call log. Derives the scenario again with a shorter and a longer gap after which an agent
counts as gone, and simulates each.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pandas as pd
from bank_1999_compare import ROOT, SCENARIO, simulated

from ccsim.scenario import load

sys.path.insert(0, str(ROOT / "scenarios" / "data"))
import bank_1999_staffing as staffing
import derive_bank_1999 as derive

OUT = Path(__file__).resolve().parent / "bank_1999_staffing.csv"
MINUTES = (5, 10, 20)
MEASURES = ("mean_wait", "share_over_60s", "abandonment")


def main(folder: Path, replications: int = 20) -> None:
    """Write one row for each gap tried: agent hours a week and what the scenario then gives."""
    rows = [_row(folder, minutes, replications) for minutes in MINUTES]
    pd.DataFrame(rows).round(4).to_csv(OUT, index=False)


def _row(folder: Path, minutes: int, replications: int) -> dict[str, float]:
    staffing.LONGEST_IDLE = 60.0 * minutes
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        data.mkdir()
        derive.main(folder, data)
        scenario = load(shutil.copy(SCENARIO, place))
        table = simulated(replications, scenario)
        facts = pd.read_csv(data / "bank_1999_facts.csv", comment="#", index_col="name")
    whole = table[table["slice"] == "all"].set_index("measure")["value"]
    row: dict[str, float] = {"gone_after_min": minutes, "agent_hours": facts.loc["agent_hours", "value"]}
    return row | {measure: float(whole[measure]) for measure in MEASURES}


if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CCSIM_DATA")
    if given is None:
        sys.exit("say where the log is: python docs/bank_1999_sensitivity.py FOLDER")
    main(Path(given))
