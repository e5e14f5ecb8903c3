"""Tests, from closed-form solutions and simulated agents to installed packages."""
