"""When reports go to whom by mail, and sending them."""
