"""Writing an import: prepared first, then staged in short transactions, then all of it counts at once."""
