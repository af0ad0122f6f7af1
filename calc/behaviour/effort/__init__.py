"""The effort model itself: what a rep does in every step of a period, and what comes of it."""
