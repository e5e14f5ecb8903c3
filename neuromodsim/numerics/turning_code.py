"""The functions of `turning` in the languages of compiled programs."""

from collections.abc import Iterable
from dataclasses import dataclass

HEADER, RUNS = "neuromodsim_turns.h", "neuromodsim_delays.h"
FUNCTION, KEPT = "_{part}_{number}", "_kept_{}"  # what functions are called in a program
# Why a weight is followed: a touch, a flush after which there are no turns, or a look that changes nothing.
TOUCH, RESTART, LOOK = range(3)
# The arrays that each function reads or changes, where a language has no storage of its own for them.
STORED = {"heading": (), "noted": ("at", "least", "most"), "settled": ("at", "least", "most", "passed")}


@dataclass(frozen=True)
class Place:
    """Which storage, of which projection, and how large: rows, synapses, numbers at each turn, turns.

    ``runs`` holds, for sources and targets, the number of the runs of `RUNS` into which individual delays
    split the synapses of a cell, which are touched at different times; None where all are touched at once.
    """

    number: int
    projection: str
    rows: int
    synapses: int
    terms: int
    room: int
    runs: tuple[int | None, int | None] = (None, None)

    @property
    def headers(self) -> list[str]:
        """Return the headers that its C++ includes."""
        needed = [HEADER] if self.runs == (None, None) else [HEADER, RUNS]
        return [f'"{header}"' for header in needed]

    def touched_with(self, side: int) -> str:
        """Return what tells when a synapse was last touched from one side: its cell, or its run."""
        end, run = ("pre", "post")[side], self.runs[side]
        if run is None:
            return f"brian::_dynamic_array_{self.projection}__synaptic_{end}[synapse]"
        return f"neuromodsim::runs<{run}>.of_synapse[synapse]"

    @property
    def storage(self) -> str:
        """Return the class of `HEADER` that is the storage of a program in C++."""
        return f"neuromodsim::Turns<{self.number}, {self.rows}, {self.terms}>"

    def joined(self, form: str, between: str) -> str:
        """Return a text for each of the numbers, with something between them."""
        return between.join(form.format(k=k) for k in range(self.terms))

    def listed(self, form: str) -> str:
        """Return a text for each of the numbers, with commas between them."""
        return self.joined(form, ", ")


HEADING = """
static inline int64_t {name}(const int64_t way, {moves})
{{
    const double moves[] = {{ {listed} }};
    int64_t going = 0, one = 0;
    for (int k = 0; k < {terms}; k++) {{
        if (moves[k] > 0) {{ going++; one = k + 1; }}
        if (moves[k] < 0) {{ going++; one = -(k + 1); }}
    }}
    if (going == 0) return way == {mixed} ? -{mixed} : way;
    return going == 1 ? one : {mixed};
}}
"""
TURNED = "way != 0 && way != -{mixed} && (heading != way || heading == {mixed})"
NOTED = """
static inline int64_t {name}(const int64_t turns, const int64_t way, const int64_t heading, {nows},
                             const int64_t row)
{{
    if (!({turned})) return turns;
    {note}
}}
"""
SETTLED = """
static inline double {name}(const double weight, {terms}, const double low, const double high,
                            const int64_t turns, const int64_t row, const int64_t why, const int64_t synapse)
{{
    {settle}
}}
"""
STRAIGHT = "if (turns == 0) return {storage}::straight(weight, {numbers}, low, high);"
KEEP = "return {storage}::kept(weight, {numbers}, low, high);"
WALK = """if (__builtin_expect({storage}::met(weight, {share}, {seen}, low, high, row), 0))
        return {storage}::walk(weight, {numbers}, low, high, turns, row,
                               {pre},
                               {post});"""
SETTLE_CUDA = """if (turns != 0 && synapse == 0 && why == {restart}) printf("{sentence}\\n");
    const double value = weight + {moved};
    return value < low ? low : value > high ? high : value;"""


def _c(part: str, name: str, place: Place, note: str, settle: str) -> str:
    mixed = place.terms + 1
    if part == "heading":
        moves, listed = place.listed("const double move{k}"), place.listed("move{k}")
        return HEADING.format(name=name, moves=moves, listed=listed, terms=place.terms, mixed=mixed)
    if part == "noted":
        turned = TURNED.format(mixed=mixed)
        return NOTED.format(name=name, nows=place.listed("const double now{k}"), turned=turned, note=note)
    terms = place.listed("const double share{k}, const double now{k}, const double seen{k}")
    return SETTLED.format(name=name, terms=terms, settle=settle)


def cpp(part: str, name: str, place: Place) -> str:
    """Return the C++ of one of the functions, which calls what `HEADER` holds."""
    share, now, seen = (f"{{{place.listed(f'{n}{{k}}')}}}" for n in ("share", "now", "seen"))
    note = f"return {place.storage}::note(turns, {now}, row);"
    here = {
        "storage": place.storage,
        "share": share,
        "seen": seen,
        "pre": place.touched_with(0),
        "post": place.touched_with(1),
    }
    here["numbers"] = f"{share}, {now}, {seen}"
    straight, walk, keep = (line.format(**here) for line in (STRAIGHT, WALK, KEEP))
    text = _c(part, name, place, note, f"{straight}\n    {walk}\n    {keep}")
    if part != "settled":
        return text
    # Beside it, what takes its place where no weight has a turn to pass.
    return _c(part, KEPT.format(place.number), place, note, f"{straight}\n    {keep}") + text


def without_turns(code: str, places: Iterable[Place]) -> str:
    """Return C++ of a spike that finds no turns since the last one."""
    for place in places:
        code = code.replace(
            f"{FUNCTION.format(part='settled', number=place.number)}(", f"{KEPT.format(place.number)}("
        )
    return code


def cuda(part: str, name: str, place: Place) -> str:
    """Return the same for a GPU, where no turns are kept: a program that needs them says so and fails.

    Pieces of a program that use the function are put into one file, each in a namespace of its own.
    """
    sentence = (
        "A weight with bounds is moved by a modulator that changes its sign, which 'cuda' cannot follow; "
        "run it on 'cpp', or with third_factor='clock-driven'."
    )
    # Each flush reaches the first synapse, the one after the last step too, and turns stay until then.
    moved = place.joined("share{k}*(now{k} - seen{k})", " + ")
    settle = SETTLE_CUDA.format(restart=RESTART, sentence=sentence, moved=moved)
    text = _c(part, name, place, "return turns + 1;", settle)
    return text.replace("static inline", "__host__ __device__ static inline")


def cython(part: str, name: str, place: Place) -> str:
    """Return the same in Cython, on the arrays that NumPy's functions use too."""
    return {"heading": _cython_heading, "noted": _cython_noted, "settled": _cython_settled}[part](name, place)


def _globals(place: Place, part: str) -> str:
    return ", ".join(f"_namespace_{part}_{place.number}_{name}" for name in STORED[part])


def _cython_heading(name: str, place: Place) -> str:
    mixed = place.terms + 1
    lines = [
        f"cdef long {name}(long way, {place.listed('double move{k}')}):",
        "    cdef long going = 0, one = 0",
    ]
    for k in range(place.terms):
        lines += [
            f"    if move{k} != 0:",
            "        going += 1",
            f"        one = {k + 1} if move{k} > 0 else {-k - 1}",
        ]
    lines += ["    if going == 0:", f"        return {-mixed} if way == {mixed} else way"]
    return "\n".join([*lines, f"    return one if going == 1 else {mixed}"])


def _cython_noted(name: str, place: Place) -> str:
    mixed, own = place.terms + 1, f"_namespace_noted_{place.number}"
    turned = TURNED.format(mixed=mixed).replace("&&", "and").replace("||", "or")
    lines = [
        f"cdef long {name}(long turns, long way, long heading, {place.listed('double now{k}')}, long row):",
        f"    global {_globals(place, 'noted')}",
        f"    if not ({turned}):",
        "        return turns",
    ]
    for k in range(place.terms):
        at = f"{own}_at[(row*{place.room} + turns)*{place.terms} + {k}]"
        least, most = (f"{own}_{edge}[row*{place.terms} + {k}]" for edge in ("least", "most"))
        lines += [
            f"    {at} = now{k}",
            f"    if turns == 0 or now{k} < {least}: {least} = now{k}",
            f"    if turns == 0 or now{k} > {most}: {most} = now{k}",
        ]
    return "\n".join([*lines, "    return turns + 1"])


def _cython_settled(name: str, place: Place) -> str:
    own, terms = f"_namespace_settled_{place.number}", range(place.terms)
    takes = place.listed("double share{k}, double now{k}, double seen{k}")
    lines = [
        f"cdef double {name}(double weight, {takes}, double low, double high, long turns, long row, long why,"
        " long synapse):",
        f"    global {_globals(place, 'settled')}",
        "    cdef long first, turn",
        "    cdef double up = weight, down = weight, a, b",
        f"    cdef double {place.listed('last{k}')}",
        "    if turns != 0:",
        f"        first = {own}_passed[synapse]",
        f"        if why != {LOOK}:",
        f"            {own}_passed[synapse] = 0 if why == {RESTART} else turns",
        *(line for k in terms for line in _cython_range(own, place, k)),
        *_cython_walk(own, place),
    ]
    end = " + ".join(f"share{k}*(now{k} - seen{k})" for k in terms)
    return "\n".join([*lines, f"    return min(max(weight + ({end}), low), high)"])


def _cython_range(own: str, place: Place, k: int) -> list[str]:
    """Return lines that add how far up and down one of the numbers has led the weight."""
    lines = [f"        last{k} = seen{k}", "        a = 0; b = 0"]
    for value in (f"now{k}", *(f"{own}_{edge}[row*{place.terms} + {k}]" for edge in ("least", "most"))):
        lines += [f"        {which}, share{k}*({value} - seen{k}))" for which in ("a = max(a", "b = min(b")]
    return [*lines, "        up += a; down += b"]


def _cython_walk(own: str, place: Place) -> list[str]:
    """Return lines that follow a weight which may have met a bound from turn to turn."""
    terms = range(place.terms)
    at = f"{own}_at[(row*{place.room} + turn)*{place.terms} + {{k}}]"
    moved = " + ".join(f"share{k}*({at.format(k=k)} - last{k})" for k in terms)
    return [
        "        if first < turns and not (up <= high and down >= low):",
        "            for turn in range(first, turns):",
        f"                weight = min(max(weight + ({moved}), low), high)",
        *(f"                last{k} = {at.format(k=k)}" for k in terms),
        *(f"            seen{k} = last{k}" for k in terms),
    ]
