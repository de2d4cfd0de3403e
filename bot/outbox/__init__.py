"""What the bot owes: to channels and to people."""
