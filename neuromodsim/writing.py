"""Files that are written whole or not at all."""

from neuromodsim.files import beside, write_text

__all__ = ["beside", "write_text"]
