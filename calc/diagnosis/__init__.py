"""Every way in which a plan stops paying: the checks, what they read, and the cures."""
