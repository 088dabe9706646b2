package import HTTPTypes
package import SlipwayAPI

/// An answer that says why a request was not carried out; the route's `ErrorStyle` gives it its shape.
package struct Problem: Error, Sendable {
    package var status: HTTPResponse.Status
    /// What was wrong, with which value, and what would be right.
    package var detail: String
    /// Every field at fault, where the problem concerns fields.
    package var fields: [ProblemAnswer.Field]
    package var headers: HTTPFields

    package init(
        _ status: HTTPResponse.Status, _ detail: String, fields: [ProblemAnswer.Field] = [], headers: HTTPFields = [:]
    ) {
        self.status = status
        self.detail = detail
        self.fields = fields
        self.headers = headers
    }

    /// A query parameter or header that cannot be accepted: status 400.
    ///
    /// - Parameter message: Goes on from the parameter's name: `must be …`.
    package init(parameter name: String, value: String?, _ message: String) {
        let shown = value.map { String($0.prefix(200)) }
        self.init(
            .badRequest, shown.map { "“\(name)” is “\($0)”; it \(message)" } ?? "“\(name)” \(message)",
            fields: [ProblemAnswer.Field(path: name, value: shown, message: message)])
    }

    /// RFC 9457's members.
    package var answer: ProblemAnswer {
        ProblemAnswer(
            title: status.reasonPhrase, status: status.code, detail: detail, errors: fields.isEmpty ? nil : fields)
    }
}
