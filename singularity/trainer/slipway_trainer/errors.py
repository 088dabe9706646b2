"""The error that ends a training with one sentence for its user."""


class TrainerError(Exception):
    """One sentence for the user: what was wrong, with which value, and what would be right."""
