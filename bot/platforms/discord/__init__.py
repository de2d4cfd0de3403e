"""Discord: reading what comes in, writing what goes out."""
