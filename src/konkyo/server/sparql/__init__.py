"""The SPARQL endpoint: the protocol, answers within limits, and the form for people."""
