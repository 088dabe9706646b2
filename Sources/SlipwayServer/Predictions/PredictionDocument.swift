import HTTPTypes
package import NIOCore
import SlipwayCore
package import SlipwayServices

/// The JSON body of a prediction.
package struct PredictionDocument: Sendable {
    package var request: PredictionRequest
    /// Members that only the caller's dialect knows, such as TFaaS's `model`: strings.
    package var texts: [String: String]

    /// Reads a body: `rows`, or `values` with `keys`, or `inputs`; `raw`; `outputs`.
    ///
    /// - Parameter texts: Names of further members, which are text.
    /// - Throws: `Problem` that names the member, or the place where the body is no JSON; `SlipwayError` for too many
    ///   values.
    package init(_ body: ByteBuffer, texts: Set<String> = []) throws {
        self = try body.withUnsafeReadableBytes { bytes in
            var scanner = RowsScanner(bytes)
            var reader = Reader(texts: texts)
            try scanner.members("the body, an object") { scanner, key in try reader.read(key, &scanner) }
            try scanner.expectEnd()
            return try reader.document()
        }
    }

    private init(request: PredictionRequest, texts: [String: String]) {
        self.request = request
        self.texts = texts
    }

    private struct Reader {
        let texts: Set<String>
        private var found: [String: String] = [:]
        private var seen: Set<String> = []
        private var content: (field: String, content: PredictionRequest.Content)?
        private var keys: [String]?
        private var isRaw = false
        private var outputs: [String]?

        init(texts: Set<String>) {
            self.texts = texts
        }

        mutating func read(_ key: String, _ scanner: inout RowsScanner) throws {
            guard seen.insert(key).inserted else { throw scanner.refusal(key, "stands twice") }
            switch key {
            case "rows", "values":
                let (table, names) = try scanner.table(key)
                try set(key, .rows(table, names: names), scanner)
            case "inputs":
                var inputs: [PredictionRequest.Input] = []
                try scanner.members("inputs, an object of rows by the names of the model's inputs") { scanner, name in
                    guard !inputs.contains(where: { $0.name == name }) else {
                        throw scanner.refusal("inputs.\(name)", "stands twice")
                    }
                    let (table, names) = try scanner.table("inputs.\(name)")
                    guard names == nil else {
                        throw scanner.refusal("inputs.\(name)", "must be rows of values, without names")
                    }
                    inputs.append(PredictionRequest.Input(name: name, table: table))
                }
                try set(key, .inputs(inputs), scanner)
            case "keys": keys = try scanner.strings("keys")
            case "raw": isRaw = try scanner.bool("raw")
            case "outputs": outputs = try scanner.strings("outputs")
            case _ where texts.contains(key): found[key] = try scanner.string()
            default:
                let known = ["rows", "values", "keys", "inputs", "raw", "outputs"] + texts.sorted()
                throw scanner.refusal(key, "is not known; known are \(known.joined(separator: ", "))")
            }
        }

        private mutating func set(
            _ field: String, _ content: PredictionRequest.Content, _ scanner: RowsScanner
        ) throws {
            if let earlier = self.content { throw scanner.refusal(field, "cannot stand beside “\(earlier.field)”") }
            self.content = (field, content)
        }

        func document() throws -> PredictionDocument {
            guard let content else {
                throw Problem(
                    SlipwayError(
                        .invalid, "The body has nothing to predict from.",
                        faults: [
                            FieldFault(
                                path: "rows",
                                message: "is missing: give rows of values, as {\"rows\": [[1.5, 2]]} or "
                                    + "{\"rows\": [{\"mass\": 1.5, \"charge\": 2}]}")
                        ]))
            }
            var request = PredictionRequest(content.content, isRaw: isRaw, outputs: outputs, field: content.field)
            // Old clients send an empty list of keys where they have none.
            if let keys, !keys.isEmpty {
                guard case .rows(let table, nil) = content.content else {
                    throw Problem(
                        SlipwayError(
                            .invalid, "The keys have nothing to name.",
                            faults: [FieldFault(path: "keys", message: "go with rows of values without names")]))
                }
                request.content = .rows(table, names: keys)
            }
            return PredictionDocument(request: request, texts: found)
        }
    }
}
