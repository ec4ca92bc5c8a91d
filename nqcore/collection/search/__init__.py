"""Search over everything that an account may see: what can be found (`entries`), and how (`finding`)."""
