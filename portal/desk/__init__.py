"""What staff do on the server: see what is there, record what happens, take ciphertext away."""
