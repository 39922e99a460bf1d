"""What is done to recorded media, each step in its own limited process. Call through `calls`."""
