"""Files: those from outside behind one gate, and checked ones going out."""
