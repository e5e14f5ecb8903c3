"""What README and the pages of the documentation quote, made from what is stored.

One module for each page: ``PAGE``, ``texts()``, which yields passages of the page with the numbers of the
stored summaries or measurements in them, and ``PUBLISHED``, the spreads on the page that are published ones.
In a passage, line breaks do not count, and ``…`` stands for anything within one cell of a table.
"""
