"""Where a model or a number was published, as people and as bibliographies cite it."""

import re
from dataclasses import dataclass

from neuromodsim.description.fields import Described
from neuromodsim.errors import unknown

# What BibTeX calls a publication of each kind, and the field that says where it appeared.
APPEARED = {"article": "journal", "inproceedings": "booktitle", "misc": "howpublished"}
SPECIAL = re.compile(r"([&%$#])")  # characters that LaTeX reads as commands


@dataclass(frozen=True, kw_only=True)
class Source(metaclass=Described):
    """The publication from which a model or a parameter value was taken.

    Attributes
    ----------
    key
        As in BibTeX, such as ``izhikevich2007``.
    authors
        As in BibTeX: ``Izhikevich, E. M. and Brette, R. and others``.
    journal
        The name only; for a talk the proceedings, for a preprint the archive.
    volume, number, pages
        As printed; empty if there is none. ``pages`` may be the number of an article, ``e47314``.
    doi
        Empty only if there is none, as for a program.
    kind
        ``article``, ``inproceedings`` or ``misc``.

    Examples
    --------
    >>> Source(
    ...     key="izhikevich2007",
    ...     authors="Izhikevich, E. M.",
    ...     year=2007,
    ...     title="Solving the distal reward problem",
    ...     journal="Cerebral Cortex",
    ...     doi="10.1093/cercor/bhl152",
    ... ).short
    'Izhikevich (2007)'
    """

    key: str
    authors: str
    year: int
    title: str
    journal: str
    doi: str
    volume: str = ""
    number: str = ""
    pages: str = ""
    kind: str = "article"

    def __post_init__(self) -> None:
        """Refuse a kind that BibTeX does not have."""
        if self.kind not in APPEARED:
            raise unknown("kind of publication", str(self.kind), APPEARED)

    @property
    def place(self) -> str:
        """Where it was published, for people: ``Cerebral Cortex 17(10):2443-2452``."""
        number = f"({self.number})" if self.number and self.volume else self.number
        pages = f":{self.pages}" if self.pages else ""
        return f"{self.journal} {self.volume}{number}{pages}".strip()

    @property
    def short(self) -> str:
        """The authors and the year as a text cites them: ``Best et al. (2020)``."""
        names = [name.partition(",")[0] for name in self.authors.split(" and ")]
        return f"{' and '.join(names) if len(names) < 3 else f'{names[0]} et al.'} ({self.year})"

    @property
    def citation(self) -> str:
        """One line for people."""
        title = self.title if self.title.endswith("?") else f"{self.title}."
        return f"{self.authors} ({self.year}). {title} {self.place}."

    def bibtex(self) -> str:
        """Return the entry for a bibliography."""
        fields = {"author": self.authors, "year": str(self.year), "title": f"{{{self.title}}}"}
        fields |= self._appeared()
        written = {name: SPECIAL.sub(r"\\\1", text) for name, text in fields.items()} | {"doi": self.doi}
        lines = "".join(f",\n  {name} = {{{text}}}" for name, text in written.items() if text)
        return f"@{self.kind}{{{self.key}{lines}\n}}"

    def _appeared(self) -> dict[str, str]:
        """Return the fields that say where it appeared; no style prints a volume of what is neither kind."""
        if self.kind == "misc":
            return {APPEARED[self.kind]: self.place}
        pages = self.pages.replace("-", "--")
        return {
            APPEARED[self.kind]: self.journal,
            "volume": self.volume,
            "number": self.number,
            "pages": pages,
        }
