"""Measurements that are no tests: they need a corpus or take minutes."""
