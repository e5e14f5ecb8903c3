"""Serotonin below baseline after a stimulus train."""
