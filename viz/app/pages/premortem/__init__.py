"""How would it fail? A draft written by form, looked over as it is written, and tried before it is issued."""
