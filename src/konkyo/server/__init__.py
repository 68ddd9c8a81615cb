"""``konkyo serve``: the graph on the web, for people and for programs.

One process speaks HTTP and holds no data. Queries run in worker processes on a store opened read-only, since Oxigraph
cannot stop a query: a worker that reaches its limit is killed, and its memory and processor come back.
"""
