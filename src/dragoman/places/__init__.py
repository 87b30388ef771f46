"""The gazetteer: one SQLite file of places by name, built once from an installed package or from a GeoNames dump."""
