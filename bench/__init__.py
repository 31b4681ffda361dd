"""Measuring Clausula: how well it reads, how well it answers, how fast it is."""
