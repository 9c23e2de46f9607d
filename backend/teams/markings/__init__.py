"""What changes about a marking once it is made."""
