"""The arguments of each command, and how they are parsed."""

import argparse
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from typing import NoReturn

from neuromodsim import __version__
from neuromodsim.description import spelling
from neuromodsim.errors import WrongInput

Command = Callable[[argparse.Namespace], int]
WHICH = "name of an experiment, or module:NAME, or FILE.py:NAME"
SEED = "whole number from 0 up; default 0"
AXES = "value of an axis of a family of experiments, such as data=digits; repeatable"
STARTS = ("experiment", "model")
KINDS = ("models", "drugs", "experiments", "figures")
EXAMPLES = """examples:
  neuromodsim list
  neuromodsim show dopamine
  neuromodsim show dopamine_stdp
  neuromodsim list --search dopamine
  neuromodsim run distal_reward --duration 10min --set dopamine_stdp.tau_c=500ms -o run.zarr
  neuromodsim run --from run.zarr -o again.zarr
  neuromodsim run class_incremental data=digits rule=bp --seed 1 -o bp.zarr
  neuromodsim sweep distal_reward --over seed=0:10 --over dopamine_stdp.tau_c=0.5s,1s -o sweep.zarr
  neuromodsim figure izhikevich2007/fig1 --check
  neuromodsim new experiment my_task

NEUROMODSIM_CACHE selects the folder of compiled programs; NEUROMODSIM_DEBUG=1 shows full tracebacks.
"""


class Parser(argparse.ArgumentParser):
    """A parser that reports errors in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Raise `WrongInput` instead of printing how to use the whole command."""
        raise WrongInput(f"{message[:1].upper()}{message[1:]}; see '{self.prog} --help'.")


def parser(functions: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Return the parser of all commands, given what each of them does."""
    parser = Parser(
        prog="neuromodsim",
        description="Simulation of neuromodulated plasticity and closed-loop tasks on Brian2.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"neuromodsim {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command", parser_class=Parser)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=f"{text}.", allow_abbrev=False)
        added.set_defaults(run_command=functions[name])
        added.add_argument("--json", action="store_true", help="print JSON")
        return added

    _list_options(command("list", "List experiments and figures, or models or drugs"))
    _show_options(command("show", "Show the description of a model, drug, experiment or figure"))
    _run_options(command("run", "Run an experiment once"))
    _sweep_options(command("sweep", "Run an experiment with every combination of the given values"))
    _figure_options(
        command("figure", "Draw a figure and check its claims, or draw an experiment of your own")
    )
    cite = command("cite", "Print BibTeX entries of the sources of models and experiments")
    cite.add_argument("names", metavar="NAME [AXIS=VALUE ...]", nargs="+")
    _new_options(command("new", "Create a small experiment or model as a starting point, with its test"))
    builds = command("cache", "List compiled programs, or delete them")
    builds.add_argument("--clear", action="store_true", help="delete all of them")
    command("doctor", "Check the installation")
    return parser


def _list_options(listing: argparse.ArgumentParser) -> None:
    listing.add_argument("what", nargs="?", choices=KINDS, help="list only these")
    listing.add_argument("--kind", metavar="KIND", help="list only models of this kind, such as receptors")
    listing.add_argument("--search", metavar="WORD", help="only entries with it in name, summary or tags")
    listing.add_argument("--names", action="store_true", help="print names only, one per line")


def _show_options(show: argparse.ArgumentParser) -> None:
    show.add_argument("name", metavar="NAME")
    _axes(show)


def _new_options(start: argparse.ArgumentParser) -> None:
    start.add_argument("kind", choices=STARTS, help="what to create")
    start.add_argument("name", metavar="NAME", help="a Python name; creates NAME.py and test_NAME.py")


def parsed(functions: Mapping[str, Command], words: Sequence[str]) -> argparse.Namespace:
    """Return what was typed; values of axes may stand anywhere after a name.

    Raises
    ------
    WrongInput
        If there is no such option, or something is too much.
    """
    namespace, more = parser(functions).parse_known_args(with_negative_values(words))
    _expect_units_beside(words, {*more, *getattr(namespace, "axes", ())})
    if "axes" in namespace and all(map(spelling.is_choice, more)):
        namespace.axes += more
    elif more:
        _expect_no_parameters(more)
        raise WrongInput(f"Unrecognized arguments: {' '.join(more)}; see 'neuromodsim --help'.")
    if getattr(namespace, "name", None) is not None and "axes" in namespace:
        _expect_axes(namespace.axes)
        namespace.name = " ".join([namespace.name, *namespace.axes])
    return namespace


def _expect_units_beside(words: Sequence[str], left: Collection[str]) -> None:
    """Refuse a unit that stands apart from its number, as in ``--duration 10 s``."""
    for number, word in pairwise(words):
        if word in left and "=" not in word and re.fullmatch(r"(.*=)?[-+]?[\d.]+(e[-+]?\d+)?", number):
            raise WrongInput(f"'{number} {word}' must be one word: write {number}{word}, or use quotes.")


def _expect_axes(words: Sequence[str]) -> None:
    """Refuse what stands after a name and chooses no axis; a parameter is what is likeliest meant."""
    _expect_no_parameters(words)
    spelling.choices(words)


def _expect_no_parameters(words: Sequence[str]) -> None:
    for word in words:
        if "." in word.partition("=")[0] and "=" in word and not word.startswith("-"):
            raise WrongInput(f"'{word}' gives a parameter, not an axis; write --set {word}.")


def _axes(command: argparse.ArgumentParser) -> None:
    command.add_argument("axes", metavar="AXIS=VALUE", nargs="*", default=[], help=AXES)


def _run_options(run: argparse.ArgumentParser) -> None:
    run.add_argument("name", metavar="NAME", nargs="?", help=WHICH)
    _axes(run)
    run.add_argument(
        "--from",
        dest="old",
        metavar="OLD.zarr",
        help="repeat this run, except for other options given",
    )
    run.add_argument("--seed", metavar="N", help=SEED)
    _shared_options(run)
    run.add_argument("-o", "--output", metavar="OUT.zarr", help="path of the dataset")
    run.add_argument("--figure", metavar="OUT.png", help="path of a plot: png, pdf or svg")
    run.add_argument("--overwrite", action="store_true", help="replace existing outputs")


def _sweep_options(sweep: argparse.ArgumentParser) -> None:
    sweep.add_argument("name", metavar="NAME", help=WHICH)
    _axes(sweep)
    sweep.add_argument(
        "--over",
        action="append",
        default=[],
        required=True,
        metavar="PATH=VALUES",
        help="varied values: seed=0:100 (without 100), condition=a,b, rule=naca,bp, x.tau=1s,2s; repeatable",
    )
    _shared_options(sweep)
    sweep.add_argument(
        "-o",
        "--output",
        metavar="SWEEP.zarr",
        required=True,
        help="folder of the runs; an existing sweep is resumed",
    )
    sweep.add_argument("--workers", metavar="N", help="number of local processes; default one per core")
    sweep.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="address of a Dask scheduler, such as tcp://10.0.0.1:8786",
    )


def _shared_options(run: argparse._ActionsContainer) -> None:
    run.add_argument("--condition", metavar="C", help="one of its conditions; default the first")
    run.add_argument("--device", metavar="D", help="cpp (default), numpy, cython or cuda")
    run.add_argument("--duration", metavar="TIME", help="simulated time, such as 10s or 5min")
    run.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help="set a value, such as dopamine_stdp.tau_c=500ms; repeatable",
    )
    run.add_argument(
        "--record",
        action="append",
        default=[],
        metavar="PATH[=INTERVAL]",
        help="record more than the experiment does: all spikes of a population or part, or samples of "
        "component.variable (without an interval 1000 of a run, 100 of synapses); repeatable",
    )
    run.add_argument("--quiet", action="store_true", help="print nothing and show no progress")


def _figure_options(figure: argparse.ArgumentParser) -> None:
    figure.add_argument(
        "names",
        metavar="NAME",
        nargs="*",
        help="paper/figure, as listed; or FILE.py:NAME or module:NAME, an experiment of your own",
    )
    _summary_options(figure)
    figure.add_argument(
        "-o",
        "--output",
        metavar="OUT.png",
        help="path of the plot; default beside its module, of your own in the current folder",
    )
    figure.add_argument("--jobs", metavar="N", help="number of simultaneous runs; default one per core")
    figure.add_argument(
        "--keep",
        metavar="FOLDER",
        help="with --check, --confirm or --renew: store runs in this folder, and perform only missing ones",
    )
    figure.add_argument("--overwrite", action="store_true", help="replace an existing output")
    one = figure.add_argument_group("one run of an experiment of your own, which is drawn")
    one.add_argument("--seed", metavar="N", help=SEED)
    _shared_options(one)


def _summary_options(figure: argparse.ArgumentParser) -> None:
    """Add what may be done with the summary of a figure, beside drawing it."""
    figure.add_argument("--check", action="store_true", help="repeat all runs and check the claims")
    figure.add_argument(
        "--keep-anyway",
        action="store_true",
        help="with --check: replace the summary even if a claim is not supported",
    )
    figure.add_argument(
        "--confirm",
        action="store_true",
        help="repeat one run of each condition and compare all values with the stored ones",
    )
    figure.add_argument(
        "--renew",
        action="store_true",
        help="as --confirm, and repeat all runs of conditions in which a value differs",
    )
    figure.add_argument(
        "--stale", action="store_true", help="list figures whose summary is not valid for the current code"
    )


def with_negative_values(words: Sequence[str]) -> list[str]:
    """Join ``--duration -10s`` into one word: argparse would take the value for an option."""
    joined: list[str] = []
    for word in words:
        option = joined and joined[-1].startswith("--") and "=" not in joined[-1]
        if option and re.match(r"-(\.?\d|nan|inf)", word, re.IGNORECASE):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined
