"""What people do under a plan, in words and tables."""
