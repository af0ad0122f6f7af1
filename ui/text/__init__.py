"""What is on the screen in words: findings, labels, terms, differences, tables."""
