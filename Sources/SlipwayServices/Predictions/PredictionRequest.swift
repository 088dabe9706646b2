/// What a caller wants a model to say something about.
package struct PredictionRequest: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        /// Rows for a model whose one input, or whose inputs of one column each, take them.
        ///
        /// `names` are those of the columns, in the table's order; nil or empty where the caller gave none.
        case rows(PredictionTable, names: [String]?)
        /// Rows for each of several inputs, by the inputs' names.
        case inputs([Input])
    }

    package struct Input: Sendable, Hashable {
        package var name: String
        package var table: PredictionTable

        package init(name: String, table: PredictionTable) {
            self.name = name
            self.table = table
        }
    }

    package var content: Content
    /// The values are as they were before the scaling of the training: `preprocess.json` is applied.
    package var isRaw: Bool
    /// The names of the wanted outputs; all where nil.
    package var outputs: [String]?
    /// The member that the rows came in, for paths in errors.
    package var field: String

    package init(_ content: Content, isRaw: Bool = false, outputs: [String]? = nil, field: String = "rows") {
        self.content = content
        self.isRaw = isRaw
        self.outputs = outputs
        self.field = field
    }
}
