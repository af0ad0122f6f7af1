"""Results of any size: partitions that are paid one by one, on the cores of one machine or on many machines."""
