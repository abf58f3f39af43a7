"""Charts: PNG and SVG, each with its data as CSV; one file a chart."""

from __future__ import annotations
