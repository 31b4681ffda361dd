"""The web pages: contexts, templates, interface messages and the routes that serve them."""
