"""The phone of somebody who takes part in a workshop: one question at a time, their own notes and dots."""
