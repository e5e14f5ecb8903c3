"""What shows that a file's content was run."""

import os


class Trap:
    """What runs code as soon as it is unpickled."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)
