"""Trains a user's Keras or PyTorch model on ROOT, JSON, CSV, Parquet or Avro files, chunk by chunk, and leaves a model
that can be served at once.
"""
