"""Two plans on one page: the pair, the difference, who gains and who loses."""
