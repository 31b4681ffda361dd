"""Measuring Clausula: how well it reads, how fast it is."""
