"""What a plan does to named people: who is paid what, who gains and loses, whether quotas were fair, and rank pay."""
