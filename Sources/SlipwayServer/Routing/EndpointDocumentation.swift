package import HTTPTypes

/// What `/docs` and `/openapi.json` say of an endpoint; it stands beside the code that it describes.
package struct EndpointDocumentation: Sendable {
    /// Heading under which the endpoint is listed.
    package var group: String
    package var summary: String
    package var parameters: [Parameter]
    package var body: Body?
    package var answer: Answer

    package struct Parameter: Sendable {
        package enum Place: String, Sendable {
            case query, header
        }

        package var name: String
        package var place: Place
        package var meaning: String

        package static func query(_ name: String, _ meaning: String) -> Parameter {
            Parameter(name: name, place: .query, meaning: meaning)
        }

        package static func header(_ name: HTTPField.Name, _ meaning: String) -> Parameter {
            Parameter(name: name.canonicalName, place: .header, meaning: meaning)
        }
    }

    package struct Body: Sendable {
        package var contentType: String
        /// curl's arguments that send an example of it.
        package var curl: String

        package init(_ contentType: String, curl: String) {
            self.contentType = contentType
            self.curl = curl
        }
    }

    package struct Answer: Sendable {
        package var status: Int
        package var contentType: String
        /// An example, from which the schema is read.
        package var sample: (any Encodable & Sendable)?

        package static func json(_ sample: some Encodable & Sendable, status: Int = 200) -> Answer {
            Answer(status: status, contentType: "application/json", sample: sample)
        }

        package static func other(_ contentType: String, status: Int = 200) -> Answer {
            Answer(status: status, contentType: contentType, sample: nil)
        }
    }

    package init(
        _ group: String, _ summary: String, parameters: [Parameter] = [], body: Body? = nil, answer: Answer
    ) {
        self.group = group
        self.summary = summary
        self.parameters = parameters
        self.body = body
        self.answer = answer
    }
}
