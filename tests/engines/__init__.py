"""Engines that answer the same questions, each in a module of its own."""
