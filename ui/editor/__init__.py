"""The editor: what a plan is made of, changed by hand, while the picture beside it follows."""
