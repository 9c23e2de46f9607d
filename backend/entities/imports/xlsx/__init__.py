"""Workbooks (Office Open XML) as tables: read as a stream, within bounds, and never more of the archive than is asked for."""
