"""Bringing in what others have written: FollowTheMoney JSON lines and tables, row by row."""
