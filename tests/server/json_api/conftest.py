"""Clients of the app with the carried graph, in this process."""

from support.page_clients import carried, client, make_client

__all__ = ["carried", "client", "make_client"]
