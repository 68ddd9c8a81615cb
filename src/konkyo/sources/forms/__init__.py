"""Forms of evaluation sheets as data, and the filling of them from a document.

A form is a YAML file in this folder: its fields, how their labels are spelt, and what rows and columns mean. A new
ministry is a new file and no code.
"""
