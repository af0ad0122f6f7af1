"""The page as a whole: its frame, what is read, what is moved, and what a run works out."""
