"""The console: from where facilitators lead a workshop."""
