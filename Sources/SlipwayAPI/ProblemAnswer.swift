/// RFC 9457 problem details, `application/problem+json`.
package struct ProblemAnswer: Codable, Sendable {
    package var type: String
    package var title: String
    package var status: Int
    package var detail: String
    /// Every field at fault, where the problem concerns fields.
    package var errors: [Field]?

    package struct Field: Codable, Sendable {
        /// JSON path such as `$.dataset_name`, or the name of a part, header or query parameter.
        package var path: String
        package var value: String?
        package var message: String

        package init(path: String, value: String?, message: String) {
            self.path = path
            self.value = value
            self.message = message
        }
    }

    package init(type: String = "about:blank", title: String, status: Int, detail: String, errors: [Field]? = nil) {
        self.type = type
        self.title = title
        self.status = status
        self.detail = detail
        self.errors = errors
    }
}
