"""The JSON API: its schema, its routes, and what answers them."""
