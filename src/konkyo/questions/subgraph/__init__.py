"""The part of the graph to draw: what is selected, what comes first, what is shown of each thing."""
