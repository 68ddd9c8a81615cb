"""The review sheets of 2015 to 2023 as JUDGIT publishes them: one JSON object for each sheet of 行政事業レビュー.

A file of JSON lines (plain, .gz, .xz, in a zip) or the folder year/ministry/number.json is found and read as a stream (:mod:`.files`).
A line is checked as a whole (:mod:`.reading`) before it becomes records (:mod:`.importer`, :mod:`.results`) in the graph of its review
year (:mod:`.engine`). What the source calls its fields is :mod:`.form`.
"""
