"""What a plan costs, how two plans differ, and whom that meets."""
