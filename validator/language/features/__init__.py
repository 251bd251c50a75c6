"""What editors ask for, as functions of a text and an offset."""
