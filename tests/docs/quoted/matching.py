"""Where a page says a passage, and what is left of the page without it."""

import re

BREAK = re.compile(r"\s+")
SPREAD = re.compile(r"\d[\d.,]* ± \d[\d.]*\d")
ANYTHING = "…"
AROUND = 70  # characters shown on either side of a difference


def normal(text: str) -> str:
    """Return a text on one line, whatever lines it is wrapped into."""
    return BREAK.sub(" ", text).strip()


def pattern(passage: str) -> str:
    """Return a regular expression of a passage, with a group for each part that may be anything."""
    return r"([^|]*?)".join(re.escape(part) for part in normal(passage).split(ANYTHING))


def without(page: str, passage: str) -> str | None:
    """Return a page, on one line, without the words of a passage; None if it does not say so."""
    found = re.search(rf"(?<![\d.]){pattern(passage)}(?!\.?\d)", page)
    if found is None:
        return None
    return page[: found.start()] + " | ".join(["", *found.groups(), ""]) + page[found.end() :]


def difference(page: str, passage: str) -> str:
    """Return where a page, on one line, says something else than a passage."""
    passage = normal(passage)
    same, end = 0, len(passage)
    while same < end:  # the longest beginning of the passage that is on the page
        middle = (same + end + 1) // 2
        same, end = (middle, end) if re.search(pattern(passage[:middle]), page) else (same, middle - 1)
    found = re.search(pattern(passage[:same]), page)
    there = found.end() if found else 0
    here, around = slice(max(0, same - AROUND), same + AROUND), slice(max(0, there - AROUND), there + AROUND)
    return f"should be: {passage[here]}\n       is: {page[around]}"
