"""Which channels a chart is drawn of, and how it is named then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.experiments.headlines import channels_of
from ccsim.experiments.labels import main_channel

if TYPE_CHECKING:
    from ccsim.experiments.run import Run


def live_channels(run: Run) -> list[tuple[str | None, str]]:
    """Channels on which customers wait, each with the ending of its chart's name; the main one first.

    A centre with one channel is drawn as a whole: None, and no ending.
    """
    scenario, names = run.scenario, channels_of(run)
    live = [name for name in names if scenario.channels[name].live]
    if len(names) == 1:
        return [(None, "")] if live else []
    main = main_channel(scenario)
    live.sort(key=lambda name: name != main)
    return [(name, "" if name == main else f"_{name}") for name in live]


def titled(title: str, channel: str | None) -> str:
    """A title with the channel it is of."""
    return title if channel is None else f"{title}, {channel}"
