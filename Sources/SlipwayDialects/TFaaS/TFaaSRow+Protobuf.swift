extension TFaaSRow {
    /// Reads `Row{repeated string key = 1; repeated float value = 2; string model = 3}`, packed or not.
    ///
    /// Fields of other numbers are skipped, as the format wants it.
    init(protobuf message: [UInt8]) throws(Protobuf.Fault) {
        try Protobuf.fields(of: message[...]) { number, value throws(Protobuf.Fault) in
            switch (number, value) {
            case (1, .bytes(let bytes)): keys.append(try Self.text(bytes, "key"))
            case (2, .fixed32(let pattern)): values.append(Float(bitPattern: pattern))
            case (2, .bytes(var packed)):
                values.reserveCapacity(values.count + packed.count / 4)
                while !packed.isEmpty { values.append(Float(bitPattern: try Protobuf.fixed(&packed))) }
            case (3, .bytes(let bytes)): model = try Self.text(bytes, "model")
            case (1...3, _): throw Protobuf.Fault(problem: "has field \(number) in another type than Row's")
            default: break
            }
        }
    }

    private static func text(_ bytes: ArraySlice<UInt8>, _ field: String) throws(Protobuf.Fault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Protobuf.Fault(problem: "has a \(field) that is not UTF-8")
        }
        return text
    }
}

/// `Predictions{repeated Class prediction = 1}`, `Class{string label = 1; float probability = 2}`.
struct TFaaSPredictions {
    /// The label is empty where the model knows none.
    var classes: [(label: String, probability: Float)]

    /// Fields that have their default value are left out, as version 3 of the format wants it.
    var protobuf: [UInt8] {
        classes.flatMap { entry in
            let label = entry.label.isEmpty ? [] : Protobuf.field(1, Array(entry.label.utf8))
            let isDefault = entry.probability.bitPattern == 0
            return Protobuf.field(1, label + (isDefault ? [] : Protobuf.field(2, entry.probability)))
        }
    }
}
