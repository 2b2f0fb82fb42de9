"""The projector: what the room sees on the wall during a workshop."""
