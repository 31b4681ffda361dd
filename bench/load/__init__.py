"""The service under load: how much it carries, what it does with more, and whether it stays as it began."""
