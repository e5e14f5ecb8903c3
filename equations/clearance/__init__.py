"""Extracellular pools: how a modulator's concentration moves."""
