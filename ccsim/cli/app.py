"""The Typer application: one file a command, and how errors leave the house."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, NoReturn

import typer

from ccsim.cli import options
from ccsim.cli.check import check
from ccsim.cli.compare import compare
from ccsim.cli.demo import demo
from ccsim.cli.erlang import erlang
from ccsim.cli.explain import explain
from ccsim.cli.new import new
from ccsim.cli.open import open
from ccsim.cli.report import report
from ccsim.cli.roi import roi
from ccsim.cli.rollout import rollout
from ccsim.cli.run import run
from ccsim.cli.runs import runs
from ccsim.cli.schema import schema
from ccsim.cli.show import show
from ccsim.cli.staff import staff
from ccsim.cli.sweep import sweep
from ccsim.cli.why import why
from ccsim.errors import CcsimError

INTERRUPTED = 130
BROKEN = 70

app = typer.Typer(
    name="ccsim",
    help="Simulate a contact centre: from waits to CSAT, churn and return on investment.",
    epilog="Start with:  ccsim demo   or   ccsim new mine.yaml && ccsim run mine.yaml",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)


def guarded(command: Callable[..., Any]) -> Callable[..., None]:
    """The command, its errors turned into a message and an exit code.

    A traceback is shown only with --debug.
    """

    @wraps(command)
    def call(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except typer.Exit:
            raise
        except CcsimError as error:
            _leave(command.__name__, error, str(error), error.exit_code)
        except KeyboardInterrupt as error:
            _leave(command.__name__, error, "\nInterrupted. No folder was written.", INTERRUPTED)
        except BrokenPipeError:
            raise
        except MemoryError as error:
            what = "this machine has too little memory for that: fewer replications, points or draws"
            _leave(command.__name__, error, what, CcsimError.exit_code)
        except Exception as error:
            _leave(
                command.__name__,
                error,
                f"ccsim broke: {type(error).__name__}: {error}\n  This is a fault of "
                "ccsim, not yours; --debug shows where.",
                BROKEN,
            )

    return call


def _leave(command: str, error: BaseException, message: str, code: int) -> NoReturn:
    if options.debugging():
        raise error
    from ccsim.cli.terminal import say

    message = "\n".join([message, *getattr(error, "__notes__", [])])
    say(message, error=True)
    if options.as_json():
        from ccsim.cli.as_json import print_error

        print_error(command, error, message, code)
    raise typer.Exit(code)


for one in (
    run, compare, sweep, rollout, why, roi, report, runs, open, check, show, explain, new, demo, staff,
    erlang, schema,
):  # fmt: skip
    app.command()(guarded(one))


def _version(value: bool) -> None:
    if value:
        from ccsim import __version__

        typer.echo(f"ccsim {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    options.reset()


def start(arguments: list[str] | None = None) -> NoReturn:
    """Run the command of `arguments` (default: the process's) and leave with its exit code."""
    app(arguments, prog_name="ccsim")
    raise SystemExit(0)
