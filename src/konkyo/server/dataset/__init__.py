"""The data described: VoID, DCAT and the SPARQL service description."""
