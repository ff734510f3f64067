"""What rules that cover a target do to it, and how that is explained."""
