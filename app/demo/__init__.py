"""The demo: a space of five organisations, to look around in before there is one's own."""
