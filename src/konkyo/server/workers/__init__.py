"""Processes that read the store, and what the routes have them do."""
