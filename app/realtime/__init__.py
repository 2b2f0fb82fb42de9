"""Waking and talking to browsers: knows rooms and sockets, knows no domain."""
