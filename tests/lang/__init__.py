"""Tests of `indexer.lang`."""
