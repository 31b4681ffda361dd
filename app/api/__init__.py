"""The HTTP API under ``/api/v1``, its documentation, and the routes that watch the service."""
