"""Vietnamese text: reading and writing figures and dates, search without accents, sorting, old
encodings. No I/O, no clock."""
