"""``python -m neuromodsim`` is the same as ``neuromodsim``."""

import sys

from neuromodsim.cli import main

sys.exit(main())
