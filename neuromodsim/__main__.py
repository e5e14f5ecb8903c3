"""``python -m neuromodsim`` is the same as ``neuromodsim``."""

import sys

from neuromodsim.cli.main import main

sys.argv[0] = "neuromodsim"  # as a run's own account names it
sys.exit(main())
