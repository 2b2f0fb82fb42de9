"""Setting up and ending the mails of a report, and stopping them as a reader."""
