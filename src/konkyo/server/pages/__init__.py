"""Pages for people and the JSON API: search, one thing, ministries, strategies, gaps, years compared, and about the data.

Everything is rendered on the server, in a worker beside the data, works without JavaScript, and links to what it
states. The texts of the data are untrusted: templates escape them, and no page has a script or an inline style.
"""
