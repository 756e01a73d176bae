"""How languages write numbers, where Django does not say."""
