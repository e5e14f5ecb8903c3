"""The page of a figure: its width in inches, and the style sheet."""

from pathlib import Path

TWO_COLUMNS = 7.1
SHEET = Path(__file__).parent / "style.mplstyle"
