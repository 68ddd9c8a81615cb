"""What every package may use: texts in two languages, reading Japanese text, errors, files, paths."""
