"""Tests, from closed forms and pretend subjects to installed packages."""
