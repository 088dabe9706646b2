"""A small network for events of signal and background, with PyTorch."""

import torch


def model(idim: int) -> torch.nn.Module:
    """Two hidden layers and a sigmoid; the trainer chooses loss and optimizer."""
    return torch.nn.Sequential(
        torch.nn.Linear(idim, 64),
        torch.nn.ReLU(),
        torch.nn.Linear(64, 32),
        torch.nn.ReLU(),
        torch.nn.Linear(32, 1),
        torch.nn.Sigmoid(),
    )
