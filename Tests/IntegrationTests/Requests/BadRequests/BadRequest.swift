import Foundation
import SlipwayAPI
import Testing

/// A request for a task that must not become one, and what the answer has to say.
struct BadRequest: Sendable, CustomTestStringConvertible {
    var name: String
    var status = 400
    /// What `detail` and the messages of `errors` contain, all together.
    var words: [String]
    /// Exactly the paths that `errors` names, in any order.
    var paths: [String] = []
    var send: @Sendable (TestServer) async throws -> HTTPAnswer

    var testDescription: String { name }
}

extension BadRequest {
    /// A config that is wrong in one place or more.
    static func config(
        _ name: String, _ words: [String], at paths: [String] = [], status: Int = 400, _ config: TaskConfig
    ) -> BadRequest {
        BadRequest(name: name, status: status, words: words, paths: paths) { server in
            try await server.post("/new_task", form: .task(config, .quick))
        }
    }

    /// A config file of which every byte is given.
    static func text(
        _ name: String, _ words: [String], at paths: [String] = [], status: Int = 400, _ config: Data
    ) -> BadRequest {
        form(name, words, at: paths, status: status) { form in
            form.add(file: "config.json", config)
            form.add(file: "train.py", Data(TrainingScript.quick.text.utf8))
        }
    }

    /// A form that is well written and holds the wrong things.
    static func form(
        _ name: String, _ words: [String], at paths: [String] = [], status: Int = 400,
        _ fill: @escaping @Sendable (inout MultipartForm) throws -> Void
    ) -> BadRequest {
        BadRequest(name: name, status: status, words: words, paths: paths) { server in
            var form = MultipartForm()
            try fill(&form)
            return try await server.post("/new_task", form: form)
        }
    }

    /// A body written by hand, with the boundary `abc`.
    static func body(
        _ name: String, _ words: [String], at paths: [String] = [], status: Int = 400,
        contentType: String? = "multipart/form-data; boundary=abc", _ body: String
    ) -> BadRequest {
        BadRequest(name: name, status: status, words: words, paths: paths) { server in
            try await server.postRaw(body, contentType: contentType)
        }
    }

    /// A good form with something about the request that is not.
    static func request(
        _ name: String, _ words: [String], at paths: [String] = [], status: Int = 400, query: String = "",
        as person: Person? = .ada, headers: [String: String] = [:]
    ) -> BadRequest {
        BadRequest(name: name, status: status, words: words, paths: paths) { server in
            try await server.post(
                "/new_task" + query, form: .task(TaskConfig(), .quick), as: person, headers: headers)
        }
    }
}
