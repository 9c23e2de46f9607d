"""Handing over the lead of a space."""
