"""The one web server."""
