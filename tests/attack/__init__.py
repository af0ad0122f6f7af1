"""Attacks on what strangers may send: plan files, links, results files, messages, names."""
