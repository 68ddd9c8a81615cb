"""What every route knows of HTTP: settings, negotiation, problems, addresses, parameters, limits."""
