"""How long a component lives: as long as its place on the page, whatever its frame says meanwhile."""

GONE = """
// A component is called anew with all that the server sends. A call that comes late, after the data of the next, is
// ended by the frame at once, though its place is still there and the next call is on its way: that is no end.
function whenGone(place, end) {
  return () => setTimeout(() => place.isConnected || end())
}
"""
"""JavaScript: what a component answers its frame with, so that it ends once, when its place on the page is gone."""
