"""Every IRI of the data, answered under the server's own address."""
