"""The board as a document: pages and forms that work by keyboard, on a phone, without JavaScript."""
