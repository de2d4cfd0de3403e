"""A bot for movements that stand together: statements, endorsements, announcements."""
