"""The rules that change what a period pays, each in a file of its own with its terms."""
