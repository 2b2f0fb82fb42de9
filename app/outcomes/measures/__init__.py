"""What is measured for a goal: definitions in versions, series, observed values, targets and annotations."""
