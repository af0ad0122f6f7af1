"""The year on the page: what is earned, what is paid, and when the next deal stops being worth anything."""
