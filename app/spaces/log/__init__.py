"""The log of a space as its people read it: what stewards did, in words, with what stood before."""
