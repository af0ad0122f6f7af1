"""The year: how pay runs over its periods, and when it turns into money."""
