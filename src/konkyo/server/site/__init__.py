"""The whole graph as a folder of plain files: every page of the server, written ahead, for any static host or none."""
