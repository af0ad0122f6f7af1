"""Checks of where pay is zero, flat, jumps or falls."""
