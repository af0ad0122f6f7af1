"""The view of what the plan makes people do: asks three questions, shows what the engine answers, works nothing out."""
