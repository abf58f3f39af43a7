"""The scenarios that come with ccsim: starts for one's own, found in a wheel and in a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ccsim.errors import CcsimError
from ccsim.scenario.trouble import nearest


def scenarios_folder() -> Path:
    """The folder of the packaged scenarios.

    In a wheel it is ``ccsim/scenarios``, in a source checkout the folder beside the package.
    Raises CcsimError where neither is there.
    """
    package = Path(str(files("ccsim.scenario"))).parent
    for folder in (package / "scenarios", package.parent / "scenarios"):
        if (folder / "quickstart.yaml").is_file():
            return folder
    raise CcsimError("the scenarios that come with ccsim are not installed")


def template_names() -> tuple[str, ...]:
    """The names that ``template`` knows, in order of the alphabet."""
    return tuple(sorted(path.stem for path in scenarios_folder().glob("*.yaml")))


def template(name: str = "quickstart") -> str:
    """The text of a packaged scenario; CcsimError names those there are."""
    names = template_names()
    if name not in names:
        hint = nearest(name, names) or f"there are: {', '.join(names)}"
        raise CcsimError(f"no scenario is called `{name[:40]}`; {hint}")
    return (scenarios_folder() / f"{name}.yaml").read_text(encoding="utf-8")
