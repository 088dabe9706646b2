/// The operations of a GraphDef and of its functions, as far as they say what a run of it would touch (TensorFlow's
/// graph.proto, node_def.proto and function.proto).
struct GraphDefinition {
    struct Node {
        /// What it does, e.g. `MatMul`, or the name of the function that it calls.
        var type = ""
        /// Names of the tensors that it takes and of the nodes that it waits for.
        var inputs: [String] = []
        /// The functions among its attributes.
        var functions: [String] = []
        /// `file://…` where it prints to a file.
        var printsTo: String?
    }

    private(set) var nodes: [String: Node] = [:]
    /// A function's body; its order does not matter here.
    private(set) var functions: [String: [Node]] = [:]

    /// Whether there are numbers to be read from other files.
    var hasVariables: Bool {
        nodes.values.contains { ["VarHandleOp", "VariableV2", "Variable"].contains($0.type) }
    }

    /// Reads a GraphDef.
    mutating func read(_ message: ProtobufReader) throws {
        try message.forEach { field in
            guard let message = field.message else { return }
            if field.number == 1 {
                let (name, node) = try Self.node(message)
                nodes[name] = node
            }
            if field.number == 2 {
                try message.forEach { if $0.number == 1, let function = $0.message { try readFunction(function) } }
            }
        }
    }

    private mutating func readFunction(_ message: ProtobufReader) throws {
        var name = ""
        var body: [Node] = []
        try message.forEach { field in
            if field.number == 1 { try field.message?.forEach { if $0.number == 1 { name = $0.text ?? "" } } }
            if field.number == 3, let node = field.message { body.append(try Self.node(node).node) }
        }
        functions[name] = body
    }

    private static func node(_ message: ProtobufReader) throws -> (name: String, node: Node) {
        var name = ""
        var node = Node()
        try message.forEach { field in
            switch field.number {
            case 1: name = field.text ?? ""
            case 2: node.type = field.text ?? ""
            case 3: if let input = field.text { node.inputs.append(input) }
            case 5: if let attribute = field.message { try readAttribute(attribute, of: &node) }
            default: break
            }
        }
        return (name, node)
    }

    private static func readAttribute(_ entry: ProtobufReader, of node: inout Node) throws {
        var key = ""
        var value: ProtobufReader?
        try entry.forEach { field in
            if field.number == 1 { key = field.text ?? "" }
            if field.number == 2 { value = field.message }
        }
        try value?.forEach { field in
            switch field.number {
            // A list: its functions.
            case 1: try field.message?.forEach { if $0.number == 9 { try readFunctionName($0, of: &node) } }
            case 2 where key == "output_stream": node.printsTo = field.text
            case 10: try readFunctionName(field, of: &node)
            default: break
            }
        }
    }

    private static func readFunctionName(_ field: ProtobufReader.Field, of node: inout Node) throws {
        try field.message?.forEach { if $0.number == 1, let name = $0.text { node.functions.append(name) } }
    }
}
