"""The only door for people's data: their files read as people, targets and results, whatever shape they have."""
