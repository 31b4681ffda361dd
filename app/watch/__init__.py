"""What the service tells those who run it: logs, request ids, metrics."""
