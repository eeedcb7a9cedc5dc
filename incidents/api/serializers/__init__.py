"""What a row looks like to a client, one module a room of the house."""
