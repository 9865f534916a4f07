"""Data of kijun: terms, facts, rules, shapes and registers, read through importlib.resources."""
