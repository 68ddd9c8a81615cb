"""Answers for people and files: text, prose, reports, views, exports."""
