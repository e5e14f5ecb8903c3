"""The command ``neuromodsim figure``: draw a figure, make its runs anew, or say which summaries are stale.

Of an experiment of the user's own, which has neither a summary nor claims, one run is made and drawn.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from neuromodsim.cli.terminal import console, print_json
from neuromodsim.errors import WrongInput
from neuromodsim.storage import files

if TYPE_CHECKING:
    import xarray as xr

OF_LISTED = ("check", "confirm", "renew", "stale", "keep", "keep_anyway", "jobs")
OF_A_RUN = ("seed", "condition", "device", "duration", "set", "record")


def run_asked(namespace: argparse.Namespace) -> argparse.Namespace | None:
    """Return the run to make and draw, where an experiment of the user's own is named; None for figures.

    Raises
    ------
    WrongInput
        If an option of figures goes with an experiment, or one of a run with a figure.
    """
    from neuromodsim.catalogue import index, lookup
    from neuromodsim.description import spelling

    names = lookup.spelled(namespace.names)
    plain = [spelling.split(name)[0] for name in names]
    own = [name for name in plain if name not in index.figures() and lookup.is_of_others(name)]
    for option in OF_LISTED if own else OF_A_RUN:
        if getattr(namespace, option):
            why = "one run of your own experiment is drawn" if own else "the runs of a figure are its own"
            named = f"'{names[0]}'" if names else "figures"
            raise WrongInput(f"--{option.replace('_', '-')} does not go with {named}: {why}.")
    if not own:
        return None
    if len(names) != 1:
        raise WrongInput(f"Name one experiment to draw; got {len(names)}.")
    _, chosen = spelling.split(names[0])
    called = "_".join([Path(plain[0].rpartition(":")[2]).stem, *chosen.values()])
    picture = namespace.output or f"{called}.png"
    drawn = {"name": names[0], "old": None, "output": None, "figure": picture}
    return argparse.Namespace(**vars(namespace) | drawn)


def figure(namespace: argparse.Namespace) -> int:
    """Draw a figure, from its kept summary or from new runs, and check its claims."""
    _expect_options(namespace)
    from neuromodsim import brian
    from neuromodsim.catalogue import index
    from neuromodsim.cli import request

    jobs = None if namespace.jobs is None else request.whole_number("number of jobs", namespace.jobs)
    if jobs == 0:
        raise WrongInput("At least one job is needed.")
    for name in namespace.names:
        index.expect_figure(name)
    drawn_to = namespace.output or _in_this_folder(namespace)
    place = request.place_for(drawn_to, overwrite=namespace.overwrite, kinds=request.PICTURES)
    brian.brian()
    from neuromodsim.catalogue import catalogue

    for name in namespace.names:
        catalogue.figure(name)
    if namespace.stale:
        return _list_stale(namespace)
    (name,) = namespace.names
    if namespace.confirm:
        return _confirm(namespace, name, jobs)
    if namespace.renew:
        return _renew(namespace, name, jobs)
    return _make(namespace, name, jobs, place) if namespace.check else _draw(namespace, name, place)


def _expect_options(namespace: argparse.Namespace) -> None:
    making = [option for option in ("check", "confirm", "renew") if getattr(namespace, option)]
    if namespace.stale and (making or namespace.output or namespace.keep or namespace.keep_anyway):
        raise WrongInput(
            "--stale only lists; it goes with none of --check, --confirm, --renew, --output, --keep, "
            "--keep-anyway."
        )
    if namespace.confirm and (namespace.check or namespace.output):
        raise WrongInput(
            "--confirm makes a sample of runs and no picture; it goes without --check and --output."
        )
    if len(making) > 1:
        raise WrongInput(f"Choose one of --{' and --'.join(making)}.")
    if namespace.renew and namespace.output:
        raise WrongInput(
            "--renew replaces parts of the kept summary and its picture; it goes without --output."
        )
    if not namespace.stale and len(namespace.names) != 1:
        raise WrongInput(f"Name one figure, as listed; got {len(namespace.names)}.")
    if namespace.keep_anyway and not (namespace.check or namespace.renew):
        raise WrongInput("--keep-anyway requires --check or --renew.")
    if namespace.keep and not making:
        raise WrongInput("--keep requires --check, --confirm or --renew.")


def _in_this_folder(namespace: argparse.Namespace) -> str | None:
    """Return where a figure of an installed package is drawn to if no one says; None where it has a place."""
    from neuromodsim.catalogue import index

    if namespace.stale or namespace.confirm or namespace.renew or not index.installed():
        return None
    return f"{namespace.names[0].replace('/', '_')}.png"


def _draw(namespace: argparse.Namespace, name: str, place: Path | None) -> int:
    """Draw a figure from what is kept."""
    from neuromodsim.catalogue import catalogue
    from neuromodsim.reports import figure as figures

    module = catalogue.figure(name)
    summary, kept = figures.stored(name)
    new = place is not None and not namespace.overwrite
    if place is None:
        place = figures.picture_place(name)
        files.expect_writable(place)
    figures.save_picture(module.draw(summary), place, new=new)
    _report(namespace, name, module.check(summary), _made_when(kept), place)
    return 0


def _made_when(kept: Mapping[str, Any]) -> str:
    made = f"the runs of {kept['created_at']} ({kept['command']})"
    if (confirmed := kept.get("confirmed")) is None:
        return made
    runs = f"{len(confirmed['runs'])} of {confirmed['of']} runs"
    renewed = len(confirmed.get("renewed", ()))
    also = f"; {renewed} were made anew then" if renewed else ""
    return f"{made}, confirmed on {confirmed['created_at']} by {runs}{also}"


def _make(namespace: argparse.Namespace, name: str, jobs: int | None, place: Path | None) -> int:
    """Make a figure's runs, and keep their summary and picture if every claim is supported."""
    from neuromodsim.catalogue import catalogue
    from neuromodsim.reports import figure as figures
    from neuromodsim.reports.claims import all_supported

    module = catalogue.figure(name)
    keep = _folder_of_runs(namespace)
    files.expect_writable(figures.summary_place(name))
    summary, how = figures.make(name, jobs=jobs, progress=False if namespace.quiet else None, keep=keep)
    checks = module.check(summary)
    supported = all_supported(checks)
    picture = _picture(module, summary, supported)
    kept = supported or namespace.keep_anyway
    new = place is not None and not namespace.overwrite
    if kept:
        figures.put(name, summary, how)
        place = place or figures.picture_place(name)
    if picture is not None and place is not None:
        figures.save_picture(picture, place, new=new)
    origin = "new runs" if keep is None else f"the runs in {keep}"
    _report(namespace, name, checks, origin, place if picture is not None else None, kept)
    return 0 if supported else 1


def _folder_of_runs(namespace: argparse.Namespace) -> Path | None:
    """Return the folder in which runs are kept, made if it is not there; None if no one asked for it."""
    from neuromodsim.sweeps import kept

    if namespace.keep is None:
        return None
    folder = files.located(namespace.keep)
    kept.expect_folder(folder)
    return folder


def _confirm(namespace: argparse.Namespace, name: str, jobs: int | None) -> int:
    """Make a sample of a figure's runs, and note that they confirm its summary if all their numbers do."""
    from neuromodsim.reports import confirmation, show
    from neuromodsim.reports import figure as figures
    from neuromodsim.reports.claims import all_supported

    keep = _folder_of_runs(namespace)
    files.expect_writable(figures.summary_place(name))
    summary, how, checks = confirmation.confirm(
        name, jobs=jobs, progress=False if namespace.quiet else None, keep=keep
    )
    supported = all_supported(checks)
    if supported:
        figures.put(name, summary, how)
    if namespace.json:
        runs = [{**check._asdict(), "supported": bool(check.supported)} for check in checks]
        print_json({"figure": name, "confirmed": supported, "of": how["confirmed"]["of"], "runs": runs})
    else:
        rows = [(c.claim, c.expected, c.observed, "yes" if c.supported else "NO") for c in checks]
        console().print(show.table(name, ("run", "expected", "observed", "supported"), rows))
        print(_said(checks, how["confirmed"]["of"]))
    return 0 if supported else 1


def _renew(namespace: argparse.Namespace, name: str, jobs: int | None) -> int:
    """Bring a kept summary up to today's code condition by condition; keep it if all claims are supported."""
    from neuromodsim.catalogue import catalogue
    from neuromodsim.reports import figure as figures
    from neuromodsim.reports import renewal
    from neuromodsim.reports.claims import all_supported

    module = catalogue.figure(name)
    keep = _folder_of_runs(namespace)
    files.expect_writable(figures.summary_place(name))
    summary, how, compared = renewal.renew(
        name, jobs=jobs, progress=False if namespace.quiet else None, keep=keep
    )
    checks = module.check(summary)
    supported = all_supported(checks)
    picture = _picture(module, summary, supported)
    confirmed = how["confirmed"]
    origin = (
        f"the kept summary, {len(confirmed['renewed'])} of whose {confirmed['of']} runs were made anew and "
        f"{len(confirmed['runs'])} confirmed"
        if compared
        else "the kept summary, which belongs to today's code"
    )
    kept = supported or namespace.keep_anyway
    place = figures.picture_place(name) if kept and picture is not None else None
    if kept:
        figures.put(name, summary, how)
    if place is not None:
        figures.save_picture(picture, place)
    _report(namespace, name, checks, origin, place, kept)
    return 0 if supported else 1


def _said(checks: Sequence[Any], count: int) -> str:
    off = sum(not check.supported for check in checks)
    if off:
        return f"{off} of {len(checks)} runs differ from the kept summary, left unchanged: use --renew."
    return f"Confirmed by {len(checks)} of {count} runs, one of each condition."


def _picture(module: Any, summary: "xr.Dataset", supported: bool) -> Any:
    """Return a figure drawn, before anything is kept; None for runs too odd to be drawn."""
    try:
        return module.draw(summary)
    except Exception:
        if supported:
            raise
        return None


def _report(
    namespace: argparse.Namespace,
    name: str,
    checks: Sequence[Any],
    origin: str,
    place: Path | None,
    kept: bool = True,
) -> None:
    from neuromodsim.reports import show

    if namespace.json:
        claims = [{**check._asdict(), "supported": bool(check.supported)} for check in checks]
        picture = None if place is None else str(place)
        print_json({"figure": name, "from": origin, "picture": picture, "kept": kept, "claims": claims})
        return
    rows = [(c.claim, c.expected, c.observed, "yes" if c.supported else "NO") for c in checks]
    console().print(show.table(name, ("claim", "expected", "observed", "supported"), rows))
    if place is not None:
        print(f"Drawn from {origin}: {place}")
        if namespace.output is None and _in_this_folder(namespace):
            print("It is in the current folder, since those of an installed package stay; -o names another.")
    if not kept:
        print(
            "The kept summary was left unchanged: not every claim is supported (--keep-anyway replaces it)."
        )


def _list_stale(namespace: argparse.Namespace) -> int:
    """Print which summaries do not belong to today's code, and why; 1 if there are any."""
    from neuromodsim.reports import figure as figures
    from neuromodsim.reports import show

    found = figures.stale(namespace.names)
    stale = {name: reasons for name, reasons in found.items() if reasons}
    if namespace.json:
        _print_stale(found)
    elif stale:
        rows = [(name, "; ".join(reasons)) for name, reasons in stale.items()]
        console().print(show.table("stale", ("figure", "why"), rows))
    if not namespace.json:
        print(f"{len(stale)} of {len(found)} summaries do not belong to today's code.")
    return 1 if stale else 0


def _print_stale(found: Mapping[str, Sequence[str]]) -> None:
    listed = [{"figure": n, "stale": bool(reasons), "reasons": list(reasons)} for n, reasons in found.items()]
    print_json({"figures": listed})
