"""dragoman reads the news and keeps a ledger of what states and their rivals do to one another."""

__version__ = "0.1.0"
