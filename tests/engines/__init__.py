"""The lines that docs/scale.md has for other engines, run as they stand."""
