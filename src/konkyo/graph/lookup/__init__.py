"""From what a user types to a thing of the graph."""
