"""A workspace as a whole: opening, setting up, the façade, bulk import, doctor, demo."""
