"""How well searches answer: judged queries, word forms, highlights and random queries.

``python -m bench.quality --index DIR`` prints all tables. The judged queries and their scorer are measuring material,
not part of the product: they are looked for in the folder ``CLAUSULA_SHARED``, by default ``../shared``.
"""
