"""What people leave round a text when they paste it."""

EDGES = (  # blanks, and marks without width that come along with a paste
    " \t\r\n\f\v\x85\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
)
