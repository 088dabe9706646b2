"""The forms in which a model is left, and what lies beside them."""
