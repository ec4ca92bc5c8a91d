"""Tables of other offices."""
