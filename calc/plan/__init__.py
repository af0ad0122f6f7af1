"""A plan as a value: its terms, its KPIs, how each is paid, and the exact pay along any one of them."""
