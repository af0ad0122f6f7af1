"""What a session remembers, and the values on its desk."""
