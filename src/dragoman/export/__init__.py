"""What leaves the ledger: one file for each format."""
