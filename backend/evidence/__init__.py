"""Items of evidence: files that authorities seized, received or made, and who held them."""
