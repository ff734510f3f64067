"""Portico: the front door for vulnerability reports that its own server cannot read."""
