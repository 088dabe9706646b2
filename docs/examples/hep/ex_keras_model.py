"""A small network for events of signal and background, with Keras 2."""

from tensorflow import keras


def model(idim: int) -> keras.Model:
    """Two hidden layers and a sigmoid."""
    network = keras.Sequential(
        [
            keras.layers.Dense(64, activation="relu", input_shape=(idim,), name="inputs"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    network.compile(
        optimizer=keras.optimizers.Adam(lr=1e-3),
        loss=keras.losses.BinaryCrossentropy(),
        metrics=[keras.metrics.BinaryAccuracy(name="accuracy"), keras.metrics.AUC(name="auc")],
    )
    return network
