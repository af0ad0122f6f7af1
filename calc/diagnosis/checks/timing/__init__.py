"""Checks of time: a plan that comes late, pay that ends early."""
