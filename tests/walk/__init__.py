"""A random walk over the page: whatever there is to move is moved, in any order, and the screen must stay true."""
