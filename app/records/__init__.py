"""What a space agreed to keep: dilemmas, assumptions, tests. Start with `record.py` and `kinds/`."""
