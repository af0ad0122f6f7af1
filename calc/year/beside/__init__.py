"""What stands beside a year: other readings, the price of moving a deal, the rule that reproduces what was paid."""
