"""`ccsim schema`: the JSON Schema of scenario files."""

from __future__ import annotations

from ccsim.cli.options import Debug


def schema(debug: Debug = False) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    import json

    from ccsim.cli.terminal import say
    from ccsim.scenario.schema import schema as made

    say(json.dumps(made(), indent=2, ensure_ascii=False))
