import Foundation
import SlipwayAPI
import Testing

/// The command lines of MLBuffet's README, and what its sources take besides.
@Suite("MLBuffet's commands, letter for letter")
struct MLBuffetCommandTests {
    private static func with(_ body: (TestServer, Curl) async throws -> Void) async throws {
        try await withTestServer(.dialects()) { server in
            let curl = try Curl(
                folder: server.folder + "/curl", ports: ["localhost:8002": try server.port(of: "mlbuffet")])
            try await MLBuffetModels.make(in: curl.folder)
            try await body(server, curl)
        }
    }

    private struct Envelope: Decodable {
        struct Status: Decodable, Equatable {
            var code: Int
            var name: String
            var description: String
        }

        enum CodingKeys: String, CodingKey {
            case status = "http_status"
            case models = "model_list"
            case tags = "tag_list"
            case values
        }

        var status: Status
        var models: JSONValue?
        var tags: [String]?
        var values: JSONValue?
    }

    /// Arguments with the path below the models, the status, and words of its description.
    private static let badInput: [(String, Int, String)] = [
        (
            "-X POST -d '{\"value\": [1]}' iris.onnx/prediction", 422,
            "No input for the model provided as (values:[...])"
        ),
        ("-X POST iris.onnx/prediction", 422, "No input for the model provided as (values:[...])"),
        (
            "-d '{\"values\": 3}' iris.onnx/prediction", 422,
            "New observation is not a list enclosed by squared brackets"
        ),
        ("-d '{\"values\": [1, 2]}' iris.onnx/prediction", 422, "4"),
        ("-F path=@script.txt iris.onnx/prediction", 422, "Filetype text/plain is not currently allowed"),
        ("-X PUT -F path=@script.txt other", 415, "Filename extension not allowed. Please use one of these: ['.h5'"),
        ("-X PUT -F model=@iris.onnx other", 422, "'path'"), ("-X PUT -F x=y other", 422, "'path'"),
        ("-X PUT -F path=@iris.onnx 'other:2'", 422, "version"), ("-X PUT -F path=@iris.onnx .hidden", 422, "name"),
        ("-d '{\"default\": \"2\"}' iris.onnx/default", 422, "Default value must be an integer"),
        ("-d '{}' iris.onnx/default", 422, "No default value provided"),
        ("-d '{\"default\": 7}' iris.onnx/default", 404, "iris.onnx:7 does not exist"),
        ("-d '{\"model_description\": 1}' iris.onnx", 422, "model_description must be a string"),
        ("-d nonsense iris.onnx", 422, "model_description"), ("nothing.onnx", 404, "nothing.onnx does not exist"),
        ("-X PATCH iris.onnx", 405, "PATCH"),
    ]

    private static let predict = """
        curl -X GET -H "Content-Type: application/json" --data '{"values":[2, 5, 1, 4]}' \
        http://localhost:8002/api/v1/models/iris.onnx/prediction
        """

    @Test("It greets, helps, and sends test data to its hosts")
    func welcome() async throws {
        try await Self.with { _, curl in
            let greeting: Envelope = try await curl.json("curl http://localhost:8002/")
            #expect(greeting.status.code == 200)
            #expect(
                greeting.status.description
                    == "Greetings from MLBuffet - Inferrer, the Machine Learning model server. For more information, visit /help"
            )
            #expect(try await curl.run("curl http://localhost:8002/help").contains("#### MLBuffet MODEL SERVER ####"))
            let sent: [String: JSONValue] = try await curl.json(
                """
                curl -X POST -H "Content-Type: application/json" --data '{"data": ["ONE", "TWO", "THREE", "FOUR"]}'  \
                http://localhost:8002/api/test/sendtomodelhost
                """)
            guard case .array(let responses)? = sent["responses"] else { throw TestFailure("no responses in \(sent)") }
            #expect(responses.count == 4)
            #expect(try await curl.json("curl http://localhost:8002/api/test", as: Envelope.self).status.name == "OK")
            for method in ["GET", "POST"] {
                let metrics = try await curl.run("curl -X \(method) http://localhost:8002/metrics")
                #expect(metrics.contains("slipway_http_requests_total{"))
            }
        }
    }

    @Test("A model is uploaded, listed, described, used, and removed: the README from top to bottom")
    func readme() async throws {
        try await Self.with { server, curl in
            let uploaded: Envelope = try await curl.json(
                #"curl -X PUT -F "path=@/path/to/local/model" http://localhost:8002/api/v1/models/iris.onnx"#
                    .replacing("/path/to/local/model", with: curl.path("iris.onnx")))
            #expect(
                uploaded.status
                    == .init(code: 201, name: "Created", description: "File iris.onnx saved with the tag iris.onnx"))
            let list: Envelope = try await curl.json("curl -X GET http://localhost:8002/api/v1/models")
            #expect(list.models == .array([.string("iris.onnx")]))
            #expect(list.tags == ["iris.onnx"])
            let described: Envelope = try await curl.json(
                """
                curl -X POST -H "Content-Type: application/json" --data '{"model_description":"This model classifies a \
                4 element array input between different species of Iris flowers."}' \
                http://localhost:8002/api/v1/models/iris.onnx
                """)
            #expect(described.status.code == 200)
            let known: Envelope = try await curl.json("curl -X GET http://localhost:8002/api/v1/models/information")
            let text = "This model classifies a 4 element array input between different species of Iris flowers."
            #expect(
                known.models == .array([.object(["model": .string("iris.onnx"), "description": .string(text)])]))
            let one: [String: JSONValue] = try await curl.json(
                "curl -X GET http://localhost:8002/api/v1/models/iris.onnx")
            #expect(one["description"] == .string(text))
            #expect(one["input_name"] == .string("X"))
            #expect(one["num_inputs"] == .array([.null, .integer(4)]))

            let wanted: JSONValue = try await curl.json("cat labels.json")
            guard case .array(let labels) = wanted else { throw TestFailure("no labels") }
            let prediction: Envelope = try await curl.json(Self.predict)
            #expect(
                prediction.status == .init(code: 200, name: "OK", description: "Prediction successful"))
            #expect(prediction.values == .array([labels[0]]))
            let post = Self.predict.replacing("-X GET", with: "-X POST")
            #expect(try await curl.json(post, as: Envelope.self).values == .array([labels[0]]))
            let several = post.replacing("[2, 5, 1, 4]", with: "[[2, 5, 1, 4], [5.1, 3.5, 1.4, 0.2]]")
            #expect(try await curl.json(several, as: Envelope.self).values == wanted)

            let removed = "curl -X DELETE http://localhost:8002/api/v1/models/iris.onnx"
            #expect(try await curl.json(removed, as: Envelope.self).status.code == 200)
            #expect(try await curl.json(removed, as: Envelope.self).status.code == 404)
            #expect(try await curl.status(Self.predict) == 404)
            #expect(try await server.get("/api/v1/models/iris.onnx").status == 404)
        }
    }

    @Test("A picture is predicted, as are samples in files of JSON and CSV")
    func files() async throws {
        try await Self.with { _, curl in
            for model in ["dog_model.onnx", "iris.onnx"] {
                _ = try await curl.run("curl -X PUT -F path=@\(model) http://localhost:8002/api/v1/models/\(model)")
            }
            for (method, part) in [("GET", "file"), ("POST", "path")] {
                let seen: Envelope = try await curl.json(
                    """
                    curl -X \(method) -F "\(part)=@dog_resized.jpeg" \
                    http://localhost:8002/api/v1/models/dog_model.onnx/prediction
                    """)
                guard case .array(let rows)? = seen.values, case .array(let row)? = rows.first else {
                    throw TestFailure("no row in \(String(describing: seen.values))")
                }
                #expect(difference(row.flatMap(\.numbers), [1, 0, 0]) < 0.02)
            }
            try curl.write("sample.json", #"{"values": [[2, 5, 1, 4]]}"#)
            try curl.write("samples.csv", "2,5,1,4\n5.1,3.5,1.4,0.2\n")
            let labels: JSONValue = try await curl.json("cat labels.json")
            let url = "http://localhost:8002/api/v1/models/iris.onnx/prediction"
            #expect(try await curl.json("curl -F path=@samples.csv \(url)", as: Envelope.self).values == labels)
            let one: Envelope = try await curl.json("curl -F file=@sample.json \(url)")
            #expect(one.values?.numbers == Array(labels.numbers.prefix(1)))
        }
    }

    @Test("Versions count up under a tag, are named TAG:N, described, downloaded, made the default, and removed")
    func versions() async throws {
        try await Self.with { server, curl in
            let base = "http://localhost:8002/api/v1/models"
            for number in 1...3 {
                let done: Envelope = try await curl.json(
                    """
                    curl -X POST -F path=@iris.onnx -F library_version=onnx==1.\(number) \
                    -F 'model_description=the \(number)th' \(base)/flowers
                    """)
                #expect(done.status.code == 201)
            }
            let edit =
                #"curl -H 'Content-Type: application/json' -d '{"model_description": "edited"}' \#(base)/flowers:2"#
            #expect(try await curl.json(edit, as: Envelope.self).status.code == 200)
            let known: [String: JSONValue] = try await curl.json("curl \(base)/flowers/information")
            #expect(known["default_version"] == .string("3"))
            guard case .object(let list)? = known["tag_list_versions"], case .object(let second)? = list["2"] else {
                throw TestFailure("no second version in \(known)")
            }
            #expect(Set(list.keys) == ["1", "2", "3"])
            #expect(Set(second.keys) == ["description", "file", "ml_library", "path", "time"])
            #expect(second["description"] == .string("edited"))
            #expect(second["file"] == .string("iris.onnx"))
            #expect(second["ml_library"] == .string("onnx==1.2"))
            if case .string(let time)? = second["time"] {
                #expect(time.wholeMatch(of: /\d\d:\d\d:\d\d \d\d\/\d\d\/\d{4}/) != nil, "\(time)")
            }
            let moved: Envelope = try await curl.json(
                "curl -H 'Content-Type: application/json' -d '{\"default\": 2}' \(base)/flowers/default")
            #expect(moved.status.description == "The tag flowers with the version 2 has been set as default")
            #expect(
                try await server.get("/api/v1/models/flowers/versions/default").decoded(ModelVersionAnswer.self).version
                    == 2)
            _ = try await curl.run("curl -o out.onnx \(base)/flowers:1/download && cmp out.onnx iris.onnx")
            #expect(try await curl.status("curl -X DELETE \(base)/flowers:2") == 200)
            let left: [String: JSONValue] = try await curl.json("curl \(base)/flowers/information")
            #expect(left["default_version"] == .string("3"))
            #expect(try await curl.status("curl \(base)/flowers:2/download") == 404)
            #expect(try await curl.status("curl -X DELETE \(base)/flowers") == 200)
            #expect(try await curl.status("curl \(base)/flowers/information") == 404)
        }
    }

    @Test("A zip is unpacked, and served where a model is in it")
    func zip() async throws {
        try await Self.with { server, curl in
            let base = "http://localhost:8002/api/v1/models/iris.onnx"
            #expect(try await curl.status("curl -X PUT -F path=@packed.zip \(base)") == 201)
            let labels: JSONValue = try await curl.json("cat labels.json")
            #expect(try await curl.json(Self.predict, as: Envelope.self).values?.numbers == [labels.numbers[0]])
            let version: ModelVersionAnswer = try await server.get("/api/v1/models/iris.onnx/versions/1").decoded()
            #expect(version.format == "onnx")
            // Two files: the download is the archive of both.
            let names = try await curl.run("curl \(base)/download | tar -tz | sort")
            #expect(names == "iris.onnx\nnotes.txt\n")
        }
    }

    @Test("What cannot be served is kept, and its prediction says what to export instead")
    func unserved() async throws {
        try await Self.with { _, curl in
            let base = "http://localhost:8002/api/v1/models"
            for suffix in ["pkl", "h5", "pt", "pmml", "mlmodel"] {
                _ = try await curl.run("test -e iris.\(suffix) || cp iris.pkl iris.\(suffix)")
                #expect(try await curl.status("curl -X PUT -F path=@iris.\(suffix) \(base)/\(suffix)") == 201)
                let answer: Envelope = try await curl.json(
                    "curl -d '{\"values\": [2, 5, 1, 4]}' \(base)/\(suffix)/prediction")
                #expect(answer.status.code == 501)
                #expect(answer.status.description.contains("skl2onnx"), "\(answer.status.description)")
            }
        }
    }

    @Test("Bad input is 422 or 415 in the envelope, and the HTTP status is the same")
    func refused() async throws {
        try await Self.with { _, curl in
            let base = "http://localhost:8002/api/v1/models"
            #expect(try await curl.status("curl -X PUT -F path=@iris.onnx \(base)/iris.onnx") == 201)
            try curl.write("script.txt", "text")
            for (arguments, code, words) in Self.badInput {
                let parts = arguments.split(separator: " ")
                let path = try #require(parts.last).replacing("'", with: "")
                let command = "curl \(parts.dropLast().joined(separator: " ")) \(base)/\(path)"
                let lines = try await curl.run(command + #" -w '\n%{http_code}'"#).split(separator: "\n")
                let answer = try JSONDecoder().decode(Envelope.self, from: Data(lines.dropLast().joined().utf8))
                #expect(answer.status.code == code, "\(arguments)")
                #expect(lines.last == "\(code)", "\(arguments)")
                #expect(answer.status.description.contains(words), "\(arguments): \(answer.status.description)")
            }
            let list: Envelope = try await curl.json("curl \(base)")
            #expect(list.tags == ["iris.onnx"])
        }
    }
}
