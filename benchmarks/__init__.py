"""What `make bench` runs. It measures and prints; it never decides whether anything passes."""
