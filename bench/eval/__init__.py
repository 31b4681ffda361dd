"""``make eval``: how well Clausula reads, measured against the official machine-readable resolutions."""
