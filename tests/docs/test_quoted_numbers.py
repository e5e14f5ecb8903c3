"""Numbers of results in README and in the documentation are those of the kept summaries and measurements."""

import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

import pytest

from tests.docs import quoted
from tests.docs.quoted import matching

ROOT = Path(__file__).parents[2]
HELPERS = {"matching", "values"}
PAGES = [
    importlib.import_module(f"{quoted.__name__}.{module.name}")
    for module in pkgutil.iter_modules(quoted.__path__)
    if module.name not in HELPERS
]


def name(page: ModuleType) -> str:
    return str(page.PAGE)


def read(page: ModuleType) -> str:
    return matching.normal((ROOT / page.PAGE).read_text())


def test_a_number_is_found_whole():
    """Fails when a page may say 0.661 or 10.66 where 0.66 is stored, or more than one cell of a table."""
    page = "| a | 0.661 | | b | 10.66 | | c | x | 1 |"
    assert matching.without(page, "0.66") is None
    assert matching.without(page, "| a … | 1 |") is None
    assert matching.without(page, "| c | … | 1 |") == "| a | 0.661 | | b | 10.66 |  | x | "
    assert matching.difference("it is 0.661 of all", "is 0.66,").endswith("it is 0.661 of all")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_quotes_what_is_stored(page):
    """Fails when a number of a page and that of a kept summary differ, and says what the page should say."""
    written = read(page)
    wrong = [text for text in page.texts() if matching.without(written, text) is None]
    told = "\n".join(matching.difference(written, text) for text in wrong)
    assert not wrong, f"{page.PAGE}\n{told}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_spread_on_a_page_is_stored_or_of_others(page):
    """Fails when a page gives a result with a spread that no test compares with a summary."""
    rest = read(page)
    for text in page.texts():
        rest = matching.without(rest, text) or rest
    assert [found for found in matching.SPREAD.findall(rest) if found not in page.PUBLISHED] == []
