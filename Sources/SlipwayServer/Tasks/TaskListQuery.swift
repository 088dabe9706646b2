import SlipwayCore

/// The filters of a list of tasks, from its query string.
enum TaskListQuery {
    static let maximumLimit = 500

    /// - Throws: `Problem` with status 400 that names the parameter.
    static func filter(_ query: QueryItems) throws -> TaskFilter {
        let states = try query.list("state").map { try state($0, parameter: "state") }
        let cursor = try query["cursor"].map { text in
            guard let id = TaskID(text) else {
                throw Problem(
                    parameter: "cursor", value: text, "must be the next_cursor of the page before, as it was given.")
            }
            return id
        }
        return TaskFilter(
            states: states, cluster: query["cluster"], experiment: query["experiment"], owner: query["owner"],
            before: cursor, limit: try query.integer("limit", in: 1...maximumLimit) ?? 50)
    }

    /// - Throws: `Problem` with status 400 that names the parameter.
    static func state(_ word: String, parameter: String) throws -> TaskState {
        guard let state = TaskState(rawValue: word.lowercased()) else {
            let known = TaskState.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(parameter: parameter, value: word, "must be one of \(known).")
        }
        return state
    }
}
