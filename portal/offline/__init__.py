"""What runs on a person's own machine: keys, sealing, submitting, following, opening.

This room may touch plaintext and private keys, so nothing on the server imports it.
"""
