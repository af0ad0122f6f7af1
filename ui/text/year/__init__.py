"""The year in words: what two plans have otherwise, and what a rep is told of the rules."""
