"""Work across articles: copies, stories and what else is read off a whole ledger."""
