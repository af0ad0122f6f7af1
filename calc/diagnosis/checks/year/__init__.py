"""Checks of the year: what running totals, limits, draws, ramps and proration make of a rep's months."""
