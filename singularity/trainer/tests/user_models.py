"""Model files as users write them."""

EXAMPLE = '''"""
Basic example of ML model implemented via Keras framework
"""
from tensorflow import keras
from keras.models import Sequential
from keras.layers import Dense

def model(idim):
    "Simple Keras model for testing purposes"
    ml_model = keras.Sequential([keras.layers.Dense(128, activation='relu',input_shape=(idim,),name='inputs'),
                              keras.layers.Dropout(0.5),
                              keras.layers.Dense(64, activation='relu'),
                              keras.layers.Dropout(0.5),
                              keras.layers.Dense(1, activation='sigmoid')])
    ml_model.compile(optimizer=keras.optimizers.Adam(lr=1e-3), loss=keras.losses.BinaryCrossentropy(),
                  metrics=[keras.metrics.BinaryAccuracy(name='accuracy'), keras.metrics.AUC(name='auc')])
    return ml_model
'''

KERAS_2 = """
import tf_keras as keras

def model(idim):
    net = keras.Sequential([keras.layers.Dense(16, activation="relu", input_shape=(idim,), name="inputs"),
                            keras.layers.Dense(1, activation="sigmoid", name="signal")])
    net.compile(keras.optimizers.Adam(lr=0.01), "binary_crossentropy", metrics=["accuracy"])
    return net
"""

KERAS_3 = """
import keras

def model(idim):
    rows = keras.Input((idim,), name="features")
    hidden = keras.layers.Dense(16, activation="relu")(rows)
    net = keras.Model(rows, keras.layers.Dense(1, activation="sigmoid", name="signal")(hidden))
    net.compile(keras.optimizers.Adam(lr=0.01), keras.losses.BinaryCrossentropy(), metrics=[keras.metrics.AUC()])
    return net
"""

KERAS_3_CLASSES = """
from keras.models import Sequential
from keras.layers import Dense, Activation

def model(idim):
    net = Sequential([Dense(32, input_shape=(idim,)), Activation("relu"), Dense(3), Activation("softmax")])
    net.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return net
"""

KERAS_2_TWO_OUTPUTS = """
import tf_keras as keras

def model(idim):
    rows = keras.Input((idim,), name="rows")
    hidden = keras.layers.Dense(16, activation="relu")(rows)
    first = keras.layers.Dense(3, activation="softmax", name="kind")(hidden)
    second = keras.layers.Dense(1, activation="linear", name="number")(hidden)
    net = keras.Model(rows, [first, second])
    net.compile(keras.optimizers.Adam(0.01), {"kind": "sparse_categorical_crossentropy", "number": "mse"})
    return net
"""

KERAS_2_OWN_FIT = """
from tensorflow import keras

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(16, activation="relu")
        self.last = keras.layers.Dense(1, activation="sigmoid")

    def call(self, x, training=False):
        return self.last(self.hidden(x))

    def fit(self, x, y, epochs=1, batch_size=32, validation_data=None):
        for _ in range(epochs):
            for start in range(0, len(x), batch_size):
                self.train_on_batch(x[start:start + batch_size], y[start:start + batch_size])

def model(idim):
    net = Net()
    net.compile(keras.optimizers.Adam(lr=0.01), "binary_crossentropy")
    return net
"""

KERAS_3_UNCOMPILED = """
import keras

def model(idim):
    return keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
"""

TORCH = """
import torch

learning_rate = 0.01

def model(idim):
    "Simple PyTorch model"
    return torch.nn.Sequential(torch.nn.Linear(idim, 16), torch.nn.ReLU(), torch.nn.Linear(16, 1), torch.nn.Sigmoid())
"""

TORCH_LOGITS = """
import torch

class Net(torch.nn.Module):
    def __init__(self, idim):
        super().__init__()
        self.hidden = torch.nn.Linear(idim, 16)
        self.norm = torch.nn.BatchNorm1d(16)
        self.last = torch.nn.Linear(16, 1)

    def forward(self, x):
        return self.last(torch.relu(self.norm(self.hidden(x)))).squeeze(1)

def loss(outputs, targets):
    return torch.nn.functional.binary_cross_entropy_with_logits(outputs, targets)

def optimizer(parameters):
    return torch.optim.SGD(parameters, lr=0.5)

def model(idim):
    return Net(idim)
"""

TORCH_CLASSES = """
import torch

learning_rate = 0.01

def model(idim):
    return torch.nn.Sequential(torch.nn.Linear(idim, 32), torch.nn.ReLU(), torch.nn.Linear(32, 3))
"""
