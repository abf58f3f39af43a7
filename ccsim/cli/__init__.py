"""The command line: shows what the rooms below found, decides nothing itself."""

from __future__ import annotations


def main() -> None:
    """The console script `ccsim`."""
    from ccsim.cli.app import start

    start()
