"""What someone asks about: a text as pasted, in its one normal form."""
