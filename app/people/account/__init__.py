"""A person's own account: name, address, password, devices, data, and erasing it."""
