"""Checks of targets: who reaches them, and where they are going."""
