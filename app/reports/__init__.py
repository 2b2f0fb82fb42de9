"""Reports of outcomes: live and issued, as pages and files, shared by link and by mail."""
