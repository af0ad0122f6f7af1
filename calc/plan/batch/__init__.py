"""A plan on many reps at once, on arrays."""
