"""Checks of the plan as a whole: its gates, its cost, its size."""
