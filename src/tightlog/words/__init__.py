"""The phrases that more than one place shows; facts become words here and are never parsed back."""
