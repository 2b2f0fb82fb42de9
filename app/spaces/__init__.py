"""Spaces: what organisations own together, who takes part for which of them, and the ways in and out."""
