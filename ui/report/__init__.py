"""What leaves the page: the report, the payout table, the plan in plain language; text from values, with no page."""
