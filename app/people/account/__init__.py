"""What people do about themselves: name, address, password, devices, data, and going for good."""
