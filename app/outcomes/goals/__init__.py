"""Goals and their drivers: the difference for people that several organisations want to see together."""
