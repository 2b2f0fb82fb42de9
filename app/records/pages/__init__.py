"""The pages of records, their forms, their JSON, and the socket that says when to read them again."""
