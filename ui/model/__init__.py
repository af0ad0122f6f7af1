"""What a picture and its controls are read from; no page."""
