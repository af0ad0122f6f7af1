"""The picture: a plan's pay along one KPI, as a plotly figure of plain dicts. Knows values and words, and no page."""
