"""A file of results in, pay out."""
