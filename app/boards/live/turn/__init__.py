"""What one turn of a room needs: its tickets and their queue, rights as they are now, patience, answers."""
