"""A strict Discord on this machine; ``tests.peers.discord_server`` is its door."""
