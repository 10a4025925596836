"""Phrases that several places show. Facts become words here and are never parsed back."""
