"""How a report comes in: tokens, envelopes, limits and receipts, without a web framework."""
