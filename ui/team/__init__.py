"""The team on the page: people from files that somebody brings, who stands where, who gains and loses, and quotas."""
