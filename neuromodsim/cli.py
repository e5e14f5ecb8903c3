"""The command line: ``neuromodsim list``, ``show``, ``run``, ``figure``, ``cite``, ``cache``, ``doctor``.

Exit codes: 0 when it worked, 1 when a run failed or a claim does not hold, 2 when something was asked
for that cannot be, 130 after Ctrl-C. Brian2 takes two seconds to import, so each command imports what
it needs.
"""

import argparse
import json
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from neuromodsim import __version__
from neuromodsim.errors import NeuromodsimError, RunFailed, WrongInput, unknown

if TYPE_CHECKING:
    import xarray as xr
    from rich.console import Console

COMMANDS = ("list", "show", "run", "figure", "cite", "cache", "doctor")
KINDS = ("models", "drugs", "experiments", "figures")
EXAMPLES = """examples:
  neuromodsim list
  neuromodsim show dopamine_stdp
  neuromodsim run distal_reward --duration 10min --set dopamine_stdp.tau_c=500ms -o run.zarr
  neuromodsim run --from run.zarr -o again.zarr
  neuromodsim figure izhikevich2007/fig1 --check

Set NEUROMODSIM_CACHE to keep builds in another folder, NEUROMODSIM_DEBUG=1 to see where an error arose.
"""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Raise `WrongInput` instead of printing how to use the whole command."""
        raise WrongInput(f"{message[:1].upper()}{message[1:]}; see '{self.prog} --help'.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    signal.signal(signal.SIGTERM, _stop)  # so that what was begun is taken away
    try:
        return _run_command(words)
    except WrongInput as error:
        return _complain(error, 2)
    except NeuromodsimError as error:
        return _complain(error, 1)
    except KeyboardInterrupt:
        print("neuromodsim: interrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader has seen enough, as in "neuromodsim list | head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # a model's own text, most likely
        if os.environ.get("NEUROMODSIM_DEBUG"):
            raise
        return _complain(_one_sentence(error), 1)


def _stop(number: int, frame: Any) -> NoReturn:
    raise SystemExit(128 + number)


def _run_command(words: list[str]) -> int:
    if words and not words[0].startswith("-") and words[0] not in COMMANDS:
        raise unknown("command", words[0], COMMANDS)
    parser = _parser()
    options = parser.parse_args(_with_negative_values(words))
    if options.command is None:
        parser.print_help()
        return 0
    return int(options.run_command(options))


def _with_negative_values(words: Sequence[str]) -> list[str]:
    """Join ``--duration -10s`` into one word: argparse would take the value for an option."""
    joined: list[str] = []
    for word in words:
        option = joined and joined[-1].startswith("--") and "=" not in joined[-1]
        if option and re.match(r"-(\.?\d|nan|inf)", word, re.IGNORECASE):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _complain(error: object, code: int) -> int:
    print(f"neuromodsim: {error}", file=sys.stderr)
    return code


def _one_sentence(error: BaseException) -> str:
    """Return what an unexpected error says at its root, and of which object, on one line."""
    said = str(error).strip().partition("\n")[0].rstrip(".:")
    root = error
    while root.__cause__ is not None:
        root = root.__cause__
    cause = " ".join(str(root).split())
    where = f"{said}: " if root is not error and said else ""
    return f"{where}{type(root).__name__}: {cause or 'no reason given'}"


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="neuromodsim",
        description="What does a neuromodulator do here? Models of neuromodulation on Brian2.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"neuromodsim {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command", parser_class=Parser)

    def command(name: str, function: Any, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=f"{text}.", allow_abbrev=False)
        added.set_defaults(run_command=function)
        added.add_argument("--json", action="store_true", help="print JSON")
        return added

    listing = command("list", list_all, "List models, drugs, experiments and figures")
    listing.add_argument("kind", nargs="?", choices=KINDS, help="only these")
    listing.add_argument("--names", action="store_true", help="print names only, one per line")
    show = command("show", show_one, "Show what a model, drug, experiment or figure is made of")
    show.add_argument("name", metavar="NAME")
    _run_options(command("run", run, "Run an experiment once"))
    _figure_options(command("figure", figure, "Draw a figure of a paper and check what it claims"))
    cite = command("cite", cite_sources, "Print BibTeX of what models and experiments draw on")
    cite.add_argument("names", metavar="NAME", nargs="+")
    builds = command("cache", cache, "List compiled programs, or delete them")
    builds.add_argument("--clear", action="store_true", help="delete all of them")
    command("doctor", doctor, "Look whether everything is there that a run needs")
    return parser


def _run_options(run: argparse.ArgumentParser) -> None:
    run.add_argument("name", metavar="NAME", nargs="?", help="an experiment")
    run.add_argument("--from", dest="old", metavar="OLD.zarr", help="repeat this run, but for other options")
    run.add_argument("--condition", metavar="C", help="one of its conditions; the first if not given")
    run.add_argument("--seed", metavar="N", help="a whole number from 0 up; 0 if not given")
    run.add_argument("--device", metavar="D", help="cpp (default), numpy or cython")
    run.add_argument("--duration", metavar="TIME", help="simulated time, such as 10s or 5min")
    run.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help="another value, such as dopamine_stdp.tau_c=500ms; repeatable",
    )
    run.add_argument(
        "--record",
        action="append",
        default=[],
        metavar="PATH[=INTERVAL]",
        help="keep more than the experiment does: all spikes of a population or part, or samples of "
        "component.variable (without an interval 1000 of a run, 100 of synapses); repeatable",
    )
    run.add_argument("-o", "--output", metavar="OUT.zarr", help="where to write the dataset")
    run.add_argument("--figure", metavar="OUT.png", help="where to draw it: png, pdf or svg")
    run.add_argument("--overwrite", action="store_true", help="replace outputs that are already there")
    run.add_argument("--quiet", action="store_true", help="print nothing and show no progress")


def _figure_options(figure: argparse.ArgumentParser) -> None:
    figure.add_argument("name", metavar="NAME", help="paper/figure, as listed")
    figure.add_argument("--check", action="store_true", help="make all runs anew and check the claims")
    figure.add_argument(
        "-o", "--output", metavar="OUT.png", help="where to draw it, if not beside its module"
    )
    figure.add_argument("--jobs", metavar="N", help="runs at once; one per core if not given")
    figure.add_argument("--overwrite", action="store_true", help="replace the output if it is already there")
    figure.add_argument("--quiet", action="store_true", help="show no progress")


def list_all(options: argparse.Namespace) -> int:
    """Print what there is."""
    _prepare_brian()
    from neuromodsim import show

    found = {kind: e for kind, e in show.listing().items() if options.kind in (None, kind)}
    if options.json:
        _print_json(found)
    elif options.names:
        print("\n".join(entry["name"] for entries in found.values() for entry in entries))
    else:
        for kind, entries in found.items():
            folders = sorted({entry.get("folder", "") for entry in entries})
            for folder in folders:
                rows = [(e["name"], e["summary"]) for e in entries if e.get("folder", "") == folder]
                title = f"{kind}: {folder}" if folder else kind
                _console().print(show.table(title, ("name", "what it is"), rows))
    return 0


def show_one(options: argparse.Namespace) -> int:
    """Print what there is to say about one model, drug, experiment or figure."""
    _prepare_brian()
    from neuromodsim import show

    about = show.describe(options.name)
    if options.json:
        _print_json(about)
    else:
        for part in show.render(about):
            _console().print(part)
    return 0


def run(options: argparse.Namespace) -> int:
    """Run an experiment and write what comes back."""
    from neuromodsim import request

    if (options.name is None) == (options.old is None):
        raise WrongInput("Name an experiment, or an old run with --from, but not both.")
    output = request.place_for(options.output, overwrite=options.overwrite)
    picture = request.place_for(options.figure, overwrite=options.overwrite, kinds=request.PICTURES)
    _prepare_brian()
    from neuromodsim import catalogue
    from neuromodsim.result import save
    from neuromodsim.simulation import simulate

    arguments = _arguments(options)
    drawn_by = catalogue.figure_of(arguments["experiment"].name) if picture else None
    tree = simulate(**arguments, progress=False if options.quiet else None)
    if output:
        save(tree, output, overwrite=options.overwrite)
    if picture:
        _draw_run(drawn_by, tree, picture)
    _report_run(options, tree, output, picture)
    return 0


def _draw_run(drawn_by: Any, tree: "xr.DataTree", place: Path) -> None:
    from neuromodsim.figure import save_picture

    try:
        drawn = drawn_by.draw_run(tree)
    except Exception as error:  # a run too short or too odd to be drawn
        raise RunFailed(f"The run ended well but cannot be drawn ({_one_sentence(error)}).") from error
    save_picture(drawn, place)


def _arguments(options: argparse.Namespace) -> dict[str, Any]:
    """Return the arguments of ``simulate``: those of an old run, if there is one, and what was typed."""
    from neuromodsim import catalogue, quantities, request, result

    if options.old is not None:
        arguments = request.repetition(result.open_run(options.old))
        experiment = arguments["experiment"]
    else:
        experiment = catalogue.experiment(options.name)
        arguments = {"experiment": experiment, "record": experiment.recording, "parameters": {}}
    typed = {"condition": options.condition, "device": options.device}
    if options.seed is not None:
        typed["seed"] = request.whole_number("seed", options.seed)
    if options.duration is not None:
        typed["duration"] = quantities.parse(options.duration)
        quantities.whole_steps("duration", typed["duration"], experiment.dt)
    arguments |= {name: value for name, value in typed.items() if value is not None}
    arguments["parameters"] |= request.settings(options.set)
    arguments["record"] = request.recording(
        experiment, arguments["record"], options.record, arguments.get("duration")
    )
    return arguments


def _report_run(
    options: argparse.Namespace, tree: "xr.DataTree", output: Path | None, picture: Path | None
) -> None:
    told = {name: tree.attrs[name] for name in ("experiment", "condition", "seed", "duration", "device")}
    told["computing_time"] = tree.attrs["computing_time"]
    spikes = tree.children["spikes"].children if "spikes" in tree.children else {}
    told["spikes"] = {name: int(node["time"].size) for name, node in spikes.items()}
    told["output"] = str(output) if output else None
    told["figure"] = str(picture) if picture else None
    if options.json:
        _print_json(told)
    elif not options.quiet:
        simulated, computing = (float(told[n].split()[0]) for n in ("duration", "computing_time"))
        speed = simulated / computing if computing else float("inf")
        print(
            f"{told['experiment']} ({told['condition']}, seed {told['seed']}): {simulated:g} s "
            f"in {computing:.3g} s of computing, {speed:.3g} x real time."
        )
        for what, place in (("Dataset", output), ("Picture", picture)):
            if place:
                print(f"{what}: {place}")
        if not output and not picture:
            print("Nothing was written; name a dataset with -o or a picture with --figure.")


def figure(options: argparse.Namespace) -> int:
    """Draw a figure, from its kept summary or from new runs, and check its claims."""
    from neuromodsim import request

    place = request.place_for(options.output, overwrite=options.overwrite, kinds=request.PICTURES)
    jobs = None if options.jobs is None else request.whole_number("number of jobs", options.jobs)
    if jobs == 0:
        raise WrongInput("At least one job is needed.")
    _prepare_brian()
    from neuromodsim import catalogue
    from neuromodsim import figure as figures

    module = catalogue.figure(options.name)
    if options.check:
        summary = figures.make(options.name, jobs=jobs, progress=False if options.quiet else None)
        origin = "new runs"
    else:
        summary, kept = figures.stored(options.name)
        origin = f"the runs of {kept['created_at']} ({kept['command']})"
    place = place or figures.picture_place(options.name)
    figures.save_picture(module.draw(summary), place)
    return _report_figure(options, module.check(summary), origin, place)


def _report_figure(options: argparse.Namespace, checks: Sequence[Any], origin: str, place: Path) -> int:
    from neuromodsim import show
    from neuromodsim.claims import all_hold

    if options.json:
        claims = [{**check._asdict(), "holds": bool(check.holds)} for check in checks]
        _print_json({"figure": options.name, "from": origin, "picture": str(place), "claims": claims})
    else:
        rows = [(c.claim, c.wanted, c.found, "yes" if c.holds else "NO") for c in checks]
        _console().print(show.table(options.name, ("claim", "wanted", "found", "holds"), rows))
        print(f"Drawn from {origin}: {place}")
    return 1 if options.check and not all_hold(checks) else 0


def cite_sources(options: argparse.Namespace) -> int:
    """Print the bibliography entries of everything that was named."""
    _prepare_brian()
    from neuromodsim import catalogue

    sources = {s.key: s for name in options.names for s in catalogue.sources(name)}
    if options.json:
        fields = ("key", "authors", "year", "title", "journal", "doi")
        _print_json([{f: getattr(s, f) for f in fields} for s in sources.values()])
    else:
        print("\n\n".join(s.bibtex() for s in sources.values()))
    return 0


def cache(options: argparse.Namespace) -> int:
    """Print the compiled programs that are kept, or delete them."""
    from neuromodsim.backend import cache as builds
    from neuromodsim.doctor import readable

    if options.clear:
        freed = builds.clear()
        if options.json:
            _print_json({"folder": str(builds.folder()), "freed": freed})
        else:
            print(f"Freed {readable(freed)} in {builds.folder()}")
        return 0
    entries = builds.entries()
    if options.json:
        kept = [{"key": e.key, "experiment": e.about.get("experiment"), "size": e.size} for e in entries]
        _print_json({"folder": str(builds.folder()), "size": sum(e.size for e in entries), "builds": kept})
        return 0
    from neuromodsim.show import table

    rows = [(str(e.about.get("experiment")), e.key, readable(e.size)) for e in entries]
    if rows:
        _console().print(table("builds", ("experiment", "key", "size"), rows))
    print(f"{len(rows)} builds, {readable(sum(e.size for e in entries))} in {builds.folder()}")
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Print whether everything is there, and what to do where it is not."""
    from neuromodsim import doctor as doctors

    findings = doctors.examine()
    well = doctors.healthy(findings)
    if options.json:
        _print_json({"healthy": well, "findings": [f._asdict() for f in findings]})
    else:
        from neuromodsim.show import table

        rows = [(f.what, f.state, f.found, f.advice) for f in findings]
        _console().print(table("", ("what", "state", "found", "what to do"), rows))
        print("All that a run needs is there." if well else "Something that a run needs is missing.")
    return 0 if well else 1


def _prepare_brian() -> None:
    from neuromodsim import quiet

    quiet.brian()


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))


def _console() -> "Console":
    """Return where tables are printed: as wide as the terminal, or a page where there is none."""
    from rich.console import Console

    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=120)
