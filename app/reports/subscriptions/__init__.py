"""Asking for reports by mail, and wanting no more of them."""
