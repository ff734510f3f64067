"""What is kept: programs, reports, envelopes, events. Ciphertext and facts, never content."""
