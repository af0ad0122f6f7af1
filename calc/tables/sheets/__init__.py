"""One file of people by itself: its cells, headings, numbers and periods, and what they leave open."""
