"""The screen: it asks and shows. What is paid, and where pay goes flat, is the engine's to say."""
