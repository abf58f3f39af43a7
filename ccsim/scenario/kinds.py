"""The four kinds of channel, and the names whose kind needs no saying."""

from __future__ import annotations

from typing import Any, Literal

from ccsim.units import quote

Kind = Literal["voice", "chat", "messaging", "deferred"]
KINDS: tuple[Kind, ...] = ("voice", "chat", "messaging", "deferred")
USUAL_KINDS: dict[str, Kind] = {
    "voice": "voice",
    "chat": "chat",
    "messaging": "messaging",
    "email": "deferred",
    "tickets": "deferred",
    "social": "deferred",
}
LIVE: tuple[Kind, ...] = ("voice", "chat")
NO_KIND = "does not say its kind"
_OPEN_TO_CHOICE = ("social",)


def with_kinds(value: Any) -> Any:
    """The section ``channels`` with the kind of every usual name filled in."""
    if not isinstance(value, dict):
        return value
    return {
        name: {"kind": USUAL_KINDS[name], **item} if isinstance(item, dict) and name in USUAL_KINDS else item
        for name, item in value.items()
    }


def kind_trouble(name: str, stated: str | None) -> tuple[str, str] | None:
    """What is wrong with a channel's kind, and the fix; None where nothing is."""
    usual = USUAL_KINDS.get(name)
    if usual is None and stated is None:
        return (NO_KIND, f"write `kind: {KINDS[0]}`, {', '.join(KINDS[1:-1])} or {KINDS[-1]}")
    fixed = usual is not None and name not in _OPEN_TO_CHOICE
    if fixed and stated in KINDS and stated != usual:
        return (f"{quote(name)} is always {usual}", f"name the channel otherwise, for example `my_{name}`")
    if name in _OPEN_TO_CHOICE and stated == "voice":
        return f"{quote(name)} is no telephone", "write `kind: chat`, messaging or deferred"
    return None
