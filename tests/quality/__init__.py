"""Floors that the answers to judged queries keep."""
