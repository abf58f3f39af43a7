"""`ccsim erlang`: closed forms, no simulation."""

from __future__ import annotations

from typing import Annotated

import typer

from ccsim.cli.options import Debug, Json


def erlang(
    calls: Annotated[str, typer.Option(metavar="RATE", help="`200/30min`, `400/h`, `6000/week`.")],
    aht: Annotated[str, typer.Option(metavar="TIME", help="Mean handling time: `4min`.")],
    agents: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Agents; without it, the fewest.")
    ] = None,
    patience: Annotated[
        str, typer.Option(metavar="TIME", help="Mean patience; `never`: nobody hangs up.")
    ] = "never",
    target: Annotated[str, typer.Option(metavar="TARGET", help="Service level wanted.")] = "80% in 20s",
    spread: Annotated[int, typer.Option(min=0, max=50, metavar="N", help="Rows before and after.")] = 3,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Erlang A (with patience) or Erlang C: service by number of agents."""
    from ccsim.cli.as_json import print_json
    from ccsim.cli.erlang_words import rate_of, target_of, time_of
    from ccsim.cli.terminal import say
    from ccsim.theory import around, rows, text

    rate, mean = rate_of(calls), time_of(aht, "--aht")
    stays = None if patience.strip().lower() == "never" else time_of(patience, "--patience")
    share, within = target_of(target)
    if agents is None:
        table = around(rate, mean, stays, within=within, target_share=share, spread=spread)
    else:
        numbers = range(max(1, agents - spread), agents + spread + 1)
        if stays is None:
            numbers = range(max(numbers[0], int(rate * mean) + 1), numbers[-1] + 1)
        table = rows(rate, mean, stays, numbers, within=within, target_share=share)
    if json:
        asked = {"contacts_per_s": rate, "aht_s": mean, "patience_s": stays, "load": rate * mean}
        wanted = {"target_share": share, "target_within_s": within}
        print_json("erlang", {"model": "A" if stays is not None else "C", **asked, **wanted, "rows": table})
        return
    model = "Erlang A" if stays is not None else "Erlang C: nobody hangs up"
    say(f"{model} · {calls} of {aht} each is work for {rate * mean:.1f} agents · target {target}")
    say("\n" + (text(table) if table else "None of these numbers of agents can keep up with the work."))
    say(
        "\n< the fewest that reach the target. By formula: one queue, one skill, a steady load; skills,"
        "\nredials, repeats and the shape of the day are left out (`ccsim run` has them all)."
    )
