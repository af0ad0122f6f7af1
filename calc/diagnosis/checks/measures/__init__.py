"""Checks of what is measured and how much each measure counts."""
