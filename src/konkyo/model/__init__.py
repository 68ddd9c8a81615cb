"""The model: namespaces, identifiers, levels, the names of graphs, and records that become RDF."""
