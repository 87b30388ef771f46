"""From parses and actors to PLOVER events."""
