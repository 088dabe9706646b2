"""A small network for events of signal and background, with Keras 3."""

import keras


def model(idim: int) -> keras.Model:
    """Two hidden layers and a sigmoid."""
    inputs = keras.Input(shape=(idim,), name="inputs")
    hidden = keras.layers.Dense(64, activation="relu")(inputs)
    hidden = keras.layers.Dense(32, activation="relu")(hidden)
    network = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid", name="score")(hidden))
    network.compile(
        optimizer=keras.optimizers.Adam(learning_rate=1e-3),
        loss="binary_crossentropy",
        metrics=["accuracy", keras.metrics.AUC(name="auc")],
    )
    return network
