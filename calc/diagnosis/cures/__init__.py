"""What mends a finding: plans with other terms, and plans with other targets."""
