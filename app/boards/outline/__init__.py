"""The board as a document of pages and forms: by keyboard, on a phone, without JavaScript."""
