"""What can be asked of the graph. Answers are data."""
