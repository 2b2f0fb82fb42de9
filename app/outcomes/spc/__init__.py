"""Statistical process control: XmR and run charts, as in Making Data Count. Pure, standard library only."""
