"""A workshop rehearsed on a copy: by a command, or by a button for who is to lead it. Begin at copied.py."""
