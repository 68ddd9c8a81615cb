"""SPARQL servers as stores."""
