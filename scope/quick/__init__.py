"""Rulings alone, for millions of targets, with most rules never read in full."""
