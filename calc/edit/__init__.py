"""A preset in, a preset out: measures, kinds of curve, gates and modifiers changed as a person edits them."""
