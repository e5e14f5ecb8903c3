"""The command line: ``neuromodsim list``, ``show``, ``run``, ``sweep``, ``figure`` and others.

Exit codes: 0 when it worked, 1 when a run failed or a claim does not hold, 2 when something was asked
for that cannot be, 130 after Ctrl-C. Brian2 takes two seconds to import, so each command imports what
it needs.
"""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import cache as once
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from neuromodsim.cli import options
from neuromodsim.cli.figure import figure, run_asked
from neuromodsim.cli.listing import listing
from neuromodsim.cli.new import new
from neuromodsim.cli.terminal import console, print_json
from neuromodsim.errors import NeuromodsimError, OutputExists, RunFailed, WrongInput, unknown
from neuromodsim.streams import steady

if TYPE_CHECKING:
    import xarray as xr


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    signal.signal(signal.SIGTERM, _stop)  # so that what was begun is taken away
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # a terminal that is closed ends no run
    with steady():
        return _answer(words)


def _answer(words: list[str]) -> int:
    try:
        code = _run_command(words)
        sys.stdout.flush()
        return code
    except WrongInput as error:
        return _complain(error, 2)
    except NeuromodsimError as error:
        return _complain(error, 1)
    except KeyboardInterrupt:
        print("neuromodsim: interrupted.", file=sys.stderr)
        return 130
    except Exception as error:  # a model's own text, most likely
        if os.environ.get("NEUROMODSIM_DEBUG"):
            raise
        return _complain(_one_sentence(error), 1)


def _stop(number: int, frame: Any) -> NoReturn:
    raise SystemExit(128 + number)


def _run_command(words: list[str]) -> int:
    if words and not words[0].startswith("-") and words[0] not in COMMANDS:
        raise unknown("command", words[0], COMMANDS)
    namespace = options.parsed(COMMANDS, words)
    if namespace.command is None:
        options.parser(COMMANDS).print_help()
        return 0
    return int(namespace.run_command(namespace))


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


def show_one(namespace: argparse.Namespace) -> int:
    """Print the description of one model, drug, experiment or figure."""
    from neuromodsim.catalogue import lookup
    from neuromodsim.cli import pages

    lookup.expect_known(namespace.name)
    sys.stdout.write(pages.page(namespace.name, as_data=namespace.json))
    return 0


def run(namespace: argparse.Namespace) -> int:
    """Run an experiment and write its output."""
    from neuromodsim.catalogue import lookup
    from neuromodsim.cli import request

    if namespace.name is None and namespace.old is None:
        raise WrongInput("Name an experiment, or an old run with --from.")
    if namespace.name is not None:
        lookup.expect_known(namespace.name, experiments=True)
    output = request.place_for(namespace.output, overwrite=namespace.overwrite)
    picture = request.place_for(namespace.figure, overwrite=namespace.overwrite, kinds=request.PICTURES)
    _prepare_brian()
    from neuromodsim.catalogue import catalogue
    from neuromodsim.simulation.run_one import run_one
    from neuromodsim.simulation.simulator import spec_of

    arguments = _arguments(namespace)
    draw = catalogue.drawing_of(arguments["experiment"].name) if picture else None
    spec = replace(spec_of(**arguments), progress=False if namespace.quiet else None)
    if not (output or picture or namespace.quiet):
        spec = replace(spec, begin=once(_warn_of_loss))
    tree = run_one(spec)
    late = _save(tree, output, namespace.overwrite) if output else None
    if picture:
        _draw_run(draw, tree, picture, new=not namespace.overwrite)
    if late:
        raise late
    _report_run(namespace, tree, output, picture)
    return 0


def make_figure(namespace: argparse.Namespace) -> int:
    """Draw a figure; of an experiment of the user's own, a run that is made for it."""
    asked = run_asked(namespace)
    return figure(namespace) if asked is None else run(asked)


def _warn_of_loss() -> None:
    """Warn, before a run begins, that nothing will be saved."""
    print("neuromodsim: this run will not be saved; use -o OUT.zarr to save its dataset.", file=sys.stderr)


def _save(tree: "xr.DataTree", output: Path, overwrite: bool) -> NeuromodsimError | None:
    """Save a run; return the message to print at the end if it had to be saved elsewhere."""
    from neuromodsim.result.run_store import put, rescue

    try:
        put(tree, output, overwrite=overwrite)
    except OutputExists as error:  # it is kept beside
        return error
    except NeuromodsimError as error:
        kept = rescue(tree, output.name)
        return type(error)(f"{error} The run is kept in '{kept}' instead.") if kept else error
    return None


def sweep(namespace: argparse.Namespace) -> int:
    """Make every run of a sweep that is not done yet; 1 if some failed, which are listed."""
    from neuromodsim.catalogue import lookup
    from neuromodsim.cli import request

    lookup.expect_known(namespace.name, experiments=True)

    over, workers = request.dimensions(namespace.over), None
    if namespace.workers is not None:
        workers = request.whole_number("number of workers", namespace.workers)
    place = request.sweep_place(namespace.output)
    _prepare_brian()
    from neuromodsim.sweeps.making import connected
    from neuromodsim.sweeps.making import sweep as make
    from neuromodsim.sweeps.reading import failures

    fixed = _fixed(namespace)
    with connected(namespace.scheduler) as client:
        tree = make(
            namespace.name,
            over,
            place,
            client=client,
            workers=workers,
            progress=False if namespace.quiet else None,
            **fixed,
        )
    failed = failures(tree)
    _report_sweep(namespace, tree, failed, place)
    return 1 if failed else 0


def _fixed(namespace: argparse.Namespace) -> dict[str, Any]:
    """Return what all runs of a sweep have in common, with what they record tried on the experiment."""
    from neuromodsim.catalogue.finding import find
    from neuromodsim.cli import request
    from neuromodsim.units import quantities

    experiment, duration = find(namespace.name), namespace.duration
    asked = duration and quantities.parse(duration, "duration")
    record = request.recording(experiment, experiment.recording, namespace.record, asked)
    return {
        "condition": namespace.condition,
        "device": namespace.device or "cpp",
        "duration": duration,
        "parameters": request.settings(namespace.set),
        "record": record if namespace.record else None,
    }


def _report_sweep(namespace: argparse.Namespace, tree: "xr.DataTree", failed: list[Any], place: Path) -> None:
    status = list(tree.to_dataset()["status"].values.ravel())
    counts = {name: status.count(name) for name in ("done", "failed", "missing")}
    reasons = [{"run": {n: str(v) for n, v in chosen.items()}, "reason": why} for chosen, why in failed]
    if namespace.json:
        print_json({"output": str(place), **counts, "failures": reasons})
        return
    for chosen, why in failed:
        which = ", ".join(f"{name} = {value}" for name, value in chosen.items())
        print(f"neuromodsim: {which}: {why}", file=sys.stderr)
    if not namespace.quiet:
        done, lost, missing = counts.values()
        print(f"{done} runs are done, {lost} failed, {missing} are missing: {place}")


def _draw_run(draw: Any, tree: "xr.DataTree", place: Path, *, new: bool) -> None:
    """Draw a run as its figure does, or at a glance if it has none."""
    from neuromodsim.plots import overview
    from neuromodsim.reports.figure import save_picture

    try:
        drawn = (draw or overview.draw_run)(tree)
    except Exception as error:  # a run too short or too odd to be drawn
        raise RunFailed(f"The run ended well but cannot be drawn ({_one_sentence(error)}).") from error
    save_picture(drawn, place, new=new)


def _arguments(namespace: argparse.Namespace) -> dict[str, Any]:
    """Return the arguments of ``simulate``: those of an old run, if there is one, and what was typed."""
    from neuromodsim.catalogue.finding import find
    from neuromodsim.cli import request
    from neuromodsim.sweeps.opening import open_any
    from neuromodsim.units import quantities

    if namespace.old is not None:
        old = open_any(namespace.old)
        named = (
            None if namespace.name is None else find(namespace.name, request.variant_of(old, namespace.name))
        )
        arguments = request.repetition(old, named)
        experiment = arguments["experiment"]
    else:
        experiment = find(namespace.name)
        arguments = {"experiment": experiment, "record": experiment.recording, "parameters": {}}
    typed = {"condition": namespace.condition, "device": namespace.device}
    if namespace.seed is not None:
        typed["seed"] = request.whole_number("seed", namespace.seed)
    if namespace.duration is not None:
        typed["duration"] = quantities.parse(namespace.duration, "duration")
        quantities.whole_steps("duration", typed["duration"], experiment.dt)
    arguments |= {name: value for name, value in typed.items() if value is not None}
    typed_values = request.settings(namespace.set)
    arguments["parameters"] = request.over(experiment, arguments["parameters"], typed_values)
    arguments["record"] = request.recording(
        experiment, arguments["record"], namespace.record, arguments.get("duration")
    )
    return arguments


def _report_run(
    namespace: argparse.Namespace, tree: "xr.DataTree", output: Path | None, picture: Path | None
) -> None:
    about = {name: tree.attrs[name] for name in ("experiment", "condition", "seed", "duration", "device")}
    about["computing_time"] = tree.attrs["computing_time"]
    spikes = tree.children["spikes"].children if "spikes" in tree.children else {}
    about["spikes"] = {name: int(node["time"].size) for name, node in spikes.items()}
    about["output"] = str(output) if output else None
    about["figure"] = str(picture) if picture else None
    if namespace.json:
        print_json(about)
    elif not namespace.quiet:
        simulated, computing = (float(about[n].split()[0]) for n in ("duration", "computing_time"))
        speed = simulated / computing if computing else float("inf")
        print(
            f"{about['experiment']} ({about['condition']}, seed {about['seed']}): {simulated:g} s "
            f"in {computing:.3g} s of computing, {speed:.3g} x real time."
        )
        for what, place in (("Dataset", output), ("Picture", picture)):
            if place:
                print(f"{what}: {place}")


def cite_sources(namespace: argparse.Namespace) -> int:
    """Print the bibliography entries of everything that was named."""
    from neuromodsim.catalogue import lookup

    names = lookup.spelled(namespace.names)
    for name in names:
        lookup.expect_known(name)
    _prepare_brian()
    from neuromodsim.catalogue import finding

    sources = {s.key: s for name in names for s in finding.sources(name)}
    if namespace.json:
        print_json([asdict(source) for source in sources.values()])
    else:
        print("\n\n".join(s.bibtex() for s in sources.values()))
    return 0


def cache(namespace: argparse.Namespace) -> int:
    """Print the compiled programs that are kept, or delete them."""
    from neuromodsim.backends import cache as builds
    from neuromodsim.cli.doctor import readable

    if namespace.clear:
        freed = builds.clear()
        if namespace.json:
            print_json({"folder": str(builds.folder()), "freed": freed})
        else:
            print(f"Freed {readable(freed)} in {builds.folder()}")
        return 0
    entries = builds.entries()
    if namespace.json:
        kept = [{"key": e.key, "experiment": e.about.get("experiment"), "size": e.size} for e in entries]
        print_json({"folder": str(builds.folder()), "size": builds.kept(), "builds": kept})
        return 0
    from neuromodsim.reports.show import table

    rows = [(str(e.about.get("experiment")), e.key, readable(e.size)) for e in entries]
    if rows:
        console().print(table("builds", ("experiment", "key", "size"), rows))
    print(f"{len(rows)} builds, {readable(builds.kept())} with the compiler's headers in {builds.folder()}")
    return 0


def doctor(namespace: argparse.Namespace) -> int:
    """Print the state of the installation, and remedies."""
    from neuromodsim.cli import doctor as doctors

    findings = doctors.examine()
    well = doctors.healthy(findings)
    if namespace.json:
        print_json({"healthy": well, "findings": [f._asdict() for f in findings]})
    else:
        from neuromodsim.reports.show import table

        rows = [(f.what, f.state, f.observed, f.advice) for f in findings]
        console().print(table("", ("check", "state", "observed", "remedy"), rows))
        print("The installation is complete." if well else "A required component is missing.")
    return 0 if well else 1


def _prepare_brian() -> None:
    from neuromodsim import brian

    brian.brian()


COMMANDS = {
    "list": listing,
    "show": show_one,
    "run": run,
    "sweep": sweep,
    "figure": make_figure,
    "cite": cite_sources,
    "new": new,
    "cache": cache,
    "doctor": doctor,
}
