"""How fast Flatline is, as ratios measured within one run, so that they mean the same on any machine."""
