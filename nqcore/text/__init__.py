"""Vietnamese in and out: figures, dates, folding and sorting, old encodings. No I/O, no clock."""
