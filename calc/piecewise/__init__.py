"""Exact piecewise-linear functions with jumps, and the distributions they are averaged over; knows no sales."""
