"""The analyses of a team, each a picture and a sentence: drawn when asked for, those that matter most first."""
