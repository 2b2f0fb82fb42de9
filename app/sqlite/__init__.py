"""SQLite: its connections, the threads in which transactions run, and the COMMIT that short writes share."""
