"""Run-sheets: what a workshop is to go through, prepared beforehand and followed while it runs."""
