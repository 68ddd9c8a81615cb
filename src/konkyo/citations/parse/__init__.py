"""Reading the words of a citation: title, edition, date, place, and what was decided."""
