package import SlipwayAPI

/// Metadata of a model, as the Open Inference Protocol gives it.
package struct InferenceMetadata: Decodable, Sendable {
    package struct Tensor: Decodable, Sendable {
        package var name: String
        /// `FP32`, `INT64`, `BYTES`, …
        package var datatype: String
        /// -1 is a free dimension.
        package var shape: [Int]

        package init(name: String, datatype: String, shape: [Int]) {
            self.name = name
            self.datatype = datatype
            self.shape = shape
        }
    }

    package var name: String
    package var inputs: [Tensor]
}

/// What a model said.
package struct InferenceAnswer: Decodable, Sendable {
    package struct Output: Decodable, Sendable {
        package var name: String
        package var datatype: String
        package var shape: [Int]
        /// Nested or flat, row by row.
        package var data: JSONValue

        package init(name: String, datatype: String, shape: [Int], data: JSONValue) {
            self.name = name
            self.datatype = datatype
            self.shape = shape
            self.data = data
        }
    }

    package var outputs: [Output]

    package init(outputs: [Output]) {
        self.outputs = outputs
    }
}
