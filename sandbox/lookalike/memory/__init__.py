"""What the look-alike remembers of its users: everything that a call can change."""
