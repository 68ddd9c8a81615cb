"""Answers for people and programs: tables, trees, Mermaid, and the formats of SPARQL and RDF."""
