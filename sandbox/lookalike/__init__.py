"""Behave like api.discogs.com over a small catalogue and a few users of its own.

`app` takes a request to its route; `routes/table` lists every operation, and the modules beside it
answer. `catalogue` holds what nobody changes, `memory/` what calls change, `shapes/` how both are
written. `control` stands apart: it sets faults, makes lists and brings everything back.
"""
