"""Checks of floors, ceilings and accelerators."""
