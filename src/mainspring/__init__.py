"""Mainspring: an AI-native business process platform."""

__version__ = "0.1.0"
