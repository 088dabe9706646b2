import Foundation
import SlipwayAPI
import Testing

@Suite("Native predictions")
struct PredictTests {
    /// What softmax gives the second class where its score is larger by so much.
    private func second(_ difference: Double) -> Double { 1 / (1 + exp(-difference)) }

    @Test("Rows, named rows, keys and tables say the same to the same model")
    func rows() async throws {
        try await withTestServer { server in
            try await PredictModels.upload(to: server)
            let path = "/api/v1/models/scaled/predict"
            // Scores are x·w: the second class has −2·alcohol − 0.25·acid + 4·ash more than the first.
            let wanted = [second(-2 * 0.5 - 0.25 * 1 + 4 * 0.25), second(-2 * 1 - 0.25 * 2 + 4 * 3)]
            let bodies = [
                #"{"rows": [[0.5, 1, 0.25], [1, 2, 3]]}"#,
                #"{"rows": [{"ash": 0.25, "alcohol": 0.5, "acid": 1}, {"acid": 2, "alcohol": 1, "ash": 3}]}"#,
                #"{"keys": ["acid", "ash", "alcohol"], "values": [[1, 0.25, 0.5], [2, 3, 1]]}"#,
                #"{"keys": [], "values": [[0.5, 1, 0.25], [1, 2, 3]]}"#,
                #"{"inputs": {"x": [[0.5, 1, 0.25], [1, 2, 3]]}}"#,
            ]
            let version: ModelVersionAnswer = try await server.get("/api/v1/models/scaled/versions/1").decoded()
            for body in bodies {
                let reply = try await server.post(path, json: body)
                let answer: PredictionAnswer = try reply.decoded()
                #expect(answer.predictions == [.integer(0), .integer(1)], "\(body)")
                #expect(answer.labels == ["red", "white"])
                #expect(answer.top?.map { $0.map(\.label) } == [["red", "white"], ["white", "red"]])
                #expect(answer.model == "scaled" && answer.version == 1 && answer.digest == version.sha256)
                let numbers = answer.outputs["probabilities"]?.numbers ?? []
                let expected = wanted.flatMap { [1 - $0, $0] }
                #expect(difference(numbers, expected) < 1e-6, "\(body)")
                #expect(reply.headers["slipway-model-version"] == "1")
                #expect(reply.headers["slipway-model-digest"] == version.sha256)
            }
            for table in ["ash,alcohol,acid\r\n0.25,0.5,1\r\n3,1,2\r\n", "0.5,1,0.25\n1,2,3"] {
                let answer: PredictionAnswer = try await server.send(
                    "POST", path, body: Data(table.utf8), contentType: "text/csv"
                ).decoded()
                #expect(answer.labels == ["red", "white"])
                #expect(
                    difference(answer.outputs["probabilities"]?.numbers ?? [], wanted.flatMap { [1 - $0, $0] }) < 1e-6)
            }
            let one: PredictionAnswer = try await server.post(
                "/api/v1/models/scaled/versions/default/predict",
                json: #"{"rows": [1, 2, 3], "outputs": ["probabilities"]}"#
            ).decoded()
            #expect(one.outputs.keys.sorted() == ["probabilities"])
            #expect(one.labels == ["white"])
            #expect(one.predictions.count == 1)
            let csv = try await server.send(
                "POST", path + "?outputs=label", body: Data("0.5,1,0.25\n1,2,3".utf8), contentType: "text/csv",
                headers: ["Accept": "text/csv"])
            #expect(csv.status == 200)
            #expect(csv.headers["content-type"]?.hasPrefix("text/csv") == true)
            #expect(csv.text == "label,labels\r\n0,red\r\n1,white\r\n")
        }
    }

    @Test("Raw values are scaled as the model's preprocess.json says, and missing ones replaced")
    func raw() async throws {
        try await withTestServer { server in
            try await PredictModels.upload(to: server)
            let path = "/api/v1/models/scaled/predict"
            let scaled = #"{"rows": [[0.5, 1, 0.25], [0, 2, 0]], "outputs": ["probabilities"]}"#
            let wanted: PredictionAnswer = try await server.post(path, json: scaled).decoded()
            let body = """
                {"rows": [{"alcohol": 12, "acid": 3, "ash": 1.5}, {"alcohol": null, "acid": 4, "ash": 1}],
                 "raw": true, "outputs": ["probabilities"]}
                """
            let found: PredictionAnswer = try await server.post(path, json: body).decoded()
            #expect(found.predictions == wanted.predictions)
            let table = Data("alcohol,acid,ash\n12,3,1.5\n,4,1\n".utf8)
            let csv: PredictionAnswer = try await server.send(
                "POST", path + "?raw=true&outputs=probabilities", body: table, contentType: "text/csv"
            ).decoded()
            #expect(csv.predictions == wanted.predictions)
            let refused = try await server.post(
                "/api/v1/models/columns/predict", json: #"{"rows": [[1, "x"]], "raw": true}"#)
            let problem: ProblemAnswer = try refused.decoded(status: 400)
            #expect(problem.errors?.map(\.path) == ["raw"])
        }
    }

    @Test("A model with an input for each column takes text and numbers by name, in JSON and CSV")
    func columns() async throws {
        try await withTestServer { server in
            try await PredictModels.upload(to: server)
            let path = "/api/v1/models/columns/predict"
            let named: PredictionAnswer = try await server.post(
                path, json: #"{"rows": [{"name": "ada", "age": 36}, {"age": 41, "name": "007"}]}"#
            ).decoded()
            #expect(named.outputs["years"]?.numbers == [36, 41])
            #expect(named.labels == ["ada", "007"])
            let table: PredictionAnswer = try await server.send(
                "POST", path, body: Data("name,age\nada,36\n007,41\n".utf8), contentType: "text/csv"
            ).decoded()
            #expect(table.outputs == named.outputs)
            let inputs: PredictionAnswer = try await server.post(
                path, json: #"{"inputs": {"name": [["ada"], ["007"]], "age": [36, 41]}}"#
            ).decoded()
            #expect(inputs.outputs == named.outputs)
        }
    }

    @Test("What does not fit is refused with the path of the value and what would be right")
    func refused() async throws {
        try await withTestServer { server in
            try await PredictModels.upload(to: server)
            let cases: [(String, String, String, String)] = [
                (
                    "scaled", #"{"rows": [[1, 2, 3], [1, 2]]}"#, "rows[1]",
                    "has 2 values; the model wants 3: alcohol, acid, ash"
                ),
                ("scaled", #"{"rows": [[1, 2, "x"]]}"#, "rows[0][2]", "must be a number"),
                ("scaled", #"{"rows": [[1, 2, 1e39]]}"#, "rows[0][2]", "fits 32 bits"),
                ("scaled", #"{"rows": [{"alcohol": 1, "acid": 2, "ashes": 3}]}"#, "rows", "did you mean “ash”?"),
                ("scaled", #"{"rows": [{"alcohol": 1, "acid": 2}]}"#, "rows", "lacks ash"),
                ("scaled", #"{"keys": ["alcohol", "acid"], "values": [1, 2, 3]}"#, "values", "2 names for 3 values"),
                ("scaled", #"{"inputs": {"y": [[1, 2, 3]]}}"#, "inputs.y", "is no input of the model"),
                ("scaled", #"{"row": [[1, 2, 3]]}"#, "row", "is not known"),
                ("columns", #"{"rows": [[1.5, "x"]]}"#, "rows[0][0]", "must be a whole number"),
                ("columns", #"{"rows": [[1, 2]]}"#, "rows[0][1]", "must be text"),
            ]
            for (model, body, path, message) in cases {
                let answer: ProblemAnswer = try await server.post(
                    "/api/v1/models/\(model)/predict", json: body
                ).decoded(status: 400)
                let found = answer.errors?.first { $0.path == path && $0.message.contains(message) }
                #expect(found != nil, "\(body): \(answer)")
            }
            let path = "/api/v1/models/scaled/predict"
            #expect(try await server.post(path, json: #"{"rows": [[1, 2, 3]], "outputs": ["z"]}"#).status == 400)
            #expect(try await server.post("/api/v1/models/none/predict", json: #"{"rows": [1]}"#).status == 404)
            #expect(try await server.post(path, json: #"{"rows": [[1, 2, 3]"#).status == 400)
            #expect(try await server.post(path + "?raw=true", json: #"{"rows": [[1, 2, 3]]}"#).status == 400)
            #expect(try await server.send("POST", path, body: Data(), contentType: "text/html").status == 415)
            let line: ProblemAnswer = try await server.send(
                "POST", path, body: Data("1,2,\"3\n".utf8), contentType: "text/csv"
            ).decoded(status: 400)
            #expect(line.errors?.first?.path == "line 2")
        }
    }

    @Test("A picture is decoded, resized and scaled as Pillow does, and gets its labels")
    func pictures() async throws {
        try await withTestServer { server in
            try await PredictModels.upload(to: server)
            let path = "/api/v1/models/picture/predict"
            let means = try PredictModels.pictureMeans(of: server)
            for (name, type) in [("shown.png", "image/png"), ("shown.jpg", "image/jpeg")] {
                let file = try PredictModels.file(name, of: server)
                var form = MultipartForm()
                form.add(file: name, file, part: "image", type: type)
                for reply in [
                    try await server.send("POST", path, body: file, contentType: type),
                    try await server.post(path, form: form),
                ] {
                    let answer: PredictionAnswer = try reply.decoded()
                    #expect(difference(answer.outputs["means"]?.numbers ?? [], means[name] ?? []) < 0.005)
                    #expect(answer.labels == ["green"])
                    #expect(answer.top?.first?.map(\.label) == ["green", "blue", "red"])
                }
            }
            let file = try PredictModels.file("shown.png", of: server)
            let cut = try await server.send("POST", path, body: file.prefix(file.count / 2), contentType: "image/png")
            #expect(cut.status == 400)
            #expect(cut.text.contains("not a whole PNG file"))
            let table = try await server.send(
                "POST", "/api/v1/models/scaled/predict", body: file, contentType: "image/png")
            #expect(table.status == 501)
            #expect(try await server.post(path, form: MultipartForm()).status == 400)
        }
    }

    @Test("A version's card says what it takes, and the program asks by name, by table and with a picture")
    func cardAndProgram() async throws {
        try await withTestServer { server in
            try await PredictModels.upload(to: server)
            let card: ModelCardAnswer = try await server.get("/api/v1/models/scaled/versions/default/card").decoded()
            #expect(card.featureNames == ["alcohol", "acid", "ash"])
            #expect(card.classNames == ["red", "white"])
            #expect(card.rowWidth == 3)
            #expect(card.preprocess)
            #expect(card.golden)
            #expect(card.signature.inputs.map(\.shape) == [[-1, 3]])
            let columns: ModelCardAnswer = try await server.get("/api/v1/models/columns/versions/1/card").decoded()
            #expect(columns.featureNames == ["age", "name"])
            #expect(!columns.preprocess && !columns.golden)
            let named = try await server.slipway(
                "predict", "scaled", "alcohol=12", "ash=1.5", "acid=3", "--raw", "--outputs", "label")
            #expect(named.text == "label  class\n0      red\n", "\(named.errors)")
            let picture = try await server.slipway("predict", "picture", "--file", server.folder + "/shown.png")
            #expect(picture.text.hasSuffix("green\n"), "\(picture.errors)")
            let wrong = try await server.slipway("predict", "scaled", "1,2")
            #expect(wrong.code != 0)
            #expect(wrong.errors.contains("the model wants 3: alcohol, acid, ash"))
        }
    }
}
