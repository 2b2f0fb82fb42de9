"""Mail that waits in the outbox, what it says, and the job that sends it."""
