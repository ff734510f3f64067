"""Every key of a pack, declared once: the reference page and the editors' schema come from here."""
