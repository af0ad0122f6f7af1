"""The plan in plain language, with exact numbers."""
