"""What a plan is looked at with: the team, the calendar, the path of the target, the field's practice."""
