"""Builds and updates that are killed, and disks that refuse: what becomes of the index and of a running service."""
