"""Why someone can, or cannot, see something."""
