"""The command `year`: the payments of a year, and what stands beside them."""
