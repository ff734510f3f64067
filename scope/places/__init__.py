"""What a rule can cover: names, addresses and what narrows them, and how they lie to each other."""
