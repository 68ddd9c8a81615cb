"""From sources to a store: read, resolve, load, derive."""
