"""The parse of an article as columns."""
