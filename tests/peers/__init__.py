"""The other side: servers that tests talk to."""
