"""Throughline: start reading at `main.create_app`, then follow one card through `boards`."""
