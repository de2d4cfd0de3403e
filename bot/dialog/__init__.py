"""How a talk moves (pure)."""
