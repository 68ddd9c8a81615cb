"""Reading access to what a build has made: the loaded part of a graph, links, budgets, stored queries."""
