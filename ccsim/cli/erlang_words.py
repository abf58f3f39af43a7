"""Reading the figures of `ccsim erlang`."""

from __future__ import annotations

from ccsim.errors import CcsimError
from ccsim.units import PERIOD_SECONDS, UnitError, parse_duration, parse_rate, parse_share


def rate_of(text: str) -> float:
    """Contacts a second of `200/30min`, `400/h` or `6000/week`."""
    number, _, period = text.partition("/")
    try:
        if period[:1].isdigit():
            rate = float(number) / parse_duration(period, "30min")
        else:
            value, named = parse_rate(text, "400/h")
            rate = value / PERIOD_SECONDS[named]
    except (UnitError, ValueError, ZeroDivisionError) as error:
        raise CcsimError(f"--calls {text}: {_said(error)}; write `200/30min` or `400/h`") from None
    return _above_zero(rate, "--calls", text)


def time_of(text: str, option: str) -> float:
    """Seconds of a duration above zero."""
    try:
        return _above_zero(parse_duration(text), option, text)
    except UnitError as error:
        raise CcsimError(f"{option} {text}: {error}") from None


def target_of(text: str) -> tuple[float, float]:
    """Share and seconds of `80% in 20s`."""
    share, _, within = text.partition(" in ")
    try:
        found = parse_share(share), parse_duration(within or "20s")
    except UnitError as error:
        raise CcsimError(f"--target {text}: {error}; write `80% in 20s`") from None
    if not 0 < found[0] < 1:
        raise CcsimError(f"--target {text}: the share lies between 0 and 100 %: `80% in 20s`")
    return found


def _said(error: Exception) -> str:
    return error.message if isinstance(error, UnitError) else "is not a rate"


def _above_zero(value: float, option: str, text: str) -> float:
    if not value > 0:
        raise CcsimError(f"{option} {text}: must be more than zero")
    return value
