"""What a space agreed to keep: dilemmas, assumptions, tests. Start with `core/record.py`, `core/kinds`."""
