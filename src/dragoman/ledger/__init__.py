"""The append-only store of readings."""
