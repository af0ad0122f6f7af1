"""Checks that need people: named reps, or a contest among them."""
