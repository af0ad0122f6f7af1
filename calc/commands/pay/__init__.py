"""What the command `pay --results` does: a file, people's files by a map, or a folder of partitions."""
