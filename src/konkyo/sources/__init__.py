"""Readers of sources: a document or file to records; one module for each kind of source."""
