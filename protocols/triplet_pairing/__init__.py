"""Pairings at several rates, and random trains, with the triplet rule."""
