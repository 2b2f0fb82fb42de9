"""Heavy work for a space, started and followed in processes of its own."""
