"""What is learnt from sentences rather than written as rules: a second opinion on the type of a coded event. Rules alone make rows."""
