"""What the server answers to each request, in the words of the protocol."""
