"""Bounds on what one client, and all of them together, may ask of the service. Each is a setting."""
