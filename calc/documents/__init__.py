"""The doors for plans and links: the plan file, its single terms by path, the link and its compressed form."""
