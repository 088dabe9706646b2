import Foundation
import SlipwayAPI
import Testing

@Suite("Bulk prediction")
struct BulkTests {
    private static func post(
        _ form: MultipartForm, fields: [String: String] = [:], model: String = "wine", to server: TestServer,
        as person: Person = .ada
    ) async throws -> HTTPAnswer {
        let body = fields.reduce(Data()) { $0 + MultipartForm().field($1.key, $1.value) } + form.body
        return try await server.send(
            "POST", "/api/v1/models/\(model)/batch", as: person, body: body, contentType: form.contentType)
    }

    private static func form(_ name: String, _ content: Data) -> MultipartForm {
        var form = MultipartForm()
        form.add(file: name, content, part: "file")
        return form
    }

    private static func scored(_ answer: HTTPAnswer, on server: TestServer) async throws -> TestTask {
        let task: TaskAnswer = try answer.decoded(status: 201)
        #expect(task.links["result"] == "/api/v1/tasks/\(task.id)/result")
        return TestTask(server: server, id: task.id, owner: .ada)
    }

    @Test(
        "Rows of every format get the same predictions, in order, in every format", arguments: BulkSample.Form.allCases)
    func formats(form: BulkSample.Form) async throws {
        let sample = try await BulkSample.shared.made()
        try await withTestServer { server in
            try await Wine.submit(to: server).until("succeeded")
            let answer = try await Self.post(
                Self.form("rows.\(form.rawValue)", try sample.file(form)),
                fields: [
                    "output_format": form.result, "chunk_rows": "50", "cpus": form == .parquet ? "2" : "1",
                    "columns": form == .npy ? "" : sample.columns.joined(separator: ","),
                ].filter { !$0.value.isEmpty }, to: server)
            let task = try await Self.scored(answer, on: server)
            let ended = try await task.until("succeeded")
            #expect(ended.model == nil)
            #expect(ended.modelName == "wine")
            #expect(ended.message?.hasPrefix("The result is result.\(form.result), ") == true)
            let result = try await server.get("\(task.path)/result")
            #expect(result.status == 200)
            #expect(result.headers["content-disposition"]?.contains("result.\(form.result)") == true)
            let rows = try await BulkSample.rows(of: result.body, form: form.result, in: server)
            #expect(difference(rows.flatMap(\.self), sample.predictions.flatMap(\.self)) <= 1e-5)
            let metrics = try await server.get("\(task.path)/files/attempts/1/output/metrics.json").object()
            #expect(metrics["rows"] == .integer(Int64(sample.predictions.count)))
            #expect(metrics["workers"] == .integer(form == .parquet ? 2 : 1))
            switch metrics["rows_per_second"] {
            case .number(let speed): #expect(speed > 0)
            case .integer(let speed): #expect(speed > 0)
            default: Issue.record("no speed: \(metrics)")
            }
            #expect(try await task.log().contains("\nwine version 1, sha256 "))
            // A result is no version.
            let versions: ModelVersionListAnswer = try await server.get("/api/v1/models/wine").decoded()
            #expect(versions.versions.map(\.version) == [1])
        }
    }

    @Test("A dataset of the cluster is scored by its name; each person's result is for that person")
    func dataset() async throws {
        try await withTestServer { server in
            try await Wine.submit(to: server).until("succeeded")
            let columns = try BulkSample.wineColumns().dropLast().map { "\"\($0)\"" }.joined(separator: ", ")
            let answer = try await server.post(
                "/api/v1/models/wine/batch",
                json: #"{"dataset": "wine_classification.csv", "version": 1, "columns": [\#(columns)]}"#)
            let task = try await Self.scored(answer, on: server)
            #expect(try await task.now().dataset == "wine_classification.csv")
            try await task.until("succeeded")
            let lines = try await server.get("\(task.path)/result").text.split(separator: "\n")
            #expect(lines.count == 179)
            #expect(lines[0].split(separator: ",").count == 4)
            #expect(try await server.get("\(task.path)/result", as: .bob).status == 404)
            #expect(try await server.get("\(task.path)/result", as: .admin).status == 200)
            let part = try await server.get("\(task.path)/result", headers: ["Range": "bytes=0-4"])
            #expect(part.status == 206)
        }
    }

    @Test("A model that is deleted before its job starts does the job no harm")
    func deletion() async throws {
        let sample = try await BulkSample.shared.made()
        try await withTestServer(ServerSettings(commandTimeout: 60, tools: ["sbatch": Tools.gated])) { server in
            try server.touchTool("gate")
            try await Wine.submit(to: server).until("succeeded")
            try server.removeTool("gate")
            let answer = try await Self.post(
                Self.form("rows.npy", try sample.file(.npy)), fields: ["version": "default"], to: server)
            let task = try await Self.scored(answer, on: server)
            let removed = try await server.send("DELETE", "/api/v1/models/wine")
            #expect(removed.status == 200)
            #expect(!FileManager.default.fileExists(atPath: "\(server.folder)/models/wine/1"))
            try server.touchTool("gate")
            try await task.until("succeeded")
            let result = try await server.get("\(task.path)/result").body
            let rows = try await BulkSample.rows(of: result, form: "csv", in: server)
            #expect(difference(rows.flatMap(\.self), sample.predictions.flatMap(\.self)) <= 1e-5)
            #expect(try await server.get("/api/v1/models/wine").status == 404)
        }
    }

    @Test("What a job holds of a model is not the job's to change")
    func heldModel() async throws {
        let sample = try await BulkSample.shared.made()
        try await withTestServer { server in
            try await Wine.submit(to: server).until("succeeded")
            let answer = try await Self.post(Self.form("rows.npy", try sample.file(.npy)), to: server)
            let task = try await Self.scored(answer, on: server)
            try await task.until("succeeded")
            let script = try await server.get("\(task.path)/script").text
            #expect(script.contains("read_only_binds=('\(task.folder)/model')"))
            let held = try FileManager.default.attributesOfItem(atPath: "\(task.folder)/model/model.tar.gz")
            let own = try FileManager.default.attributesOfItem(
                atPath: "\(server.folder)/models/wine/1/model.tar.gz")
            #expect(held[.systemFileNumber] as? Int == own[.systemFileNumber] as? Int)
        }
    }

    @Test("An archive that is not the version's any more is not scored with")
    func changedArchive() async throws {
        let sample = try await BulkSample.shared.made()
        try await withTestServer { server in
            try await Wine.submit(to: server).until("succeeded")
            try Data("other bytes".utf8).write(
                to: URL(fileURLWithPath: "\(server.folder)/models/wine/1/model.tar.gz"))
            let answer = try await Self.post(Self.form("rows.npy", try sample.file(.npy)), to: server)
            let ended = try await Self.scored(answer, on: server).end()
            #expect(ended.state == "failed")
            #expect(ended.message?.contains("the model's archive has the SHA-256") == true)
        }
    }

    @Test(
        "Rows that do not fit end the task with a sentence that says why",
        arguments: [
            ("rows.csv", "a,b\n1,2\n", "takes 13 values a row, but there are 2 columns (a, b)"),
            ("rows.csv", "", "rows.csv is not CSV"),
            ("rows.parquet", "no parquet", "rows.parquet is not Parquet"),
            ("rows.npy", "no npy", "rows.npy is not an npy file"),
        ])
    func unfit(name: String, content: String, words: String) async throws {
        try await withTestServer { server in
            try await Wine.submit(to: server).until("succeeded")
            let answer = try await Self.post(Self.form(name, Data(content.utf8)), to: server)
            let task = try await Self.scored(answer, on: server)
            let ended = try await task.end()
            #expect(ended.state == "failed")
            #expect(ended.message?.contains(words) == true, "\(ended.message ?? "")")
            #expect(try await server.get("\(task.path)/result").status == 409)
        }
    }

    @Test("What cannot be scored is refused at the door, and nothing is stored")
    func refusals() async throws {
        try await withTestServer { server in
            let trained = try await Wine.submit(to: server)
            try await trained.until("succeeded")
            let rows = Self.form("rows.csv", Data("a\n1\n".utf8))
            for (form, fields, status, words) in [
                (MultipartForm(), [:], 400, "file"),
                (Self.form("rows.txt", Data("x".utf8)), [:], 400, ".parquet"),
                (rows, ["output_format": "xml"], 400, "parquet"),
                (rows, ["chunk_rows": "0"], 400, "chunk_rows"),
                (rows, ["chunks": "5"], 400, "chunk_rows"),
                (rows, ["version": "9"], 404, "9"),
                (rows, ["partition": "moon"], 400, "moon"),
                (rows, ["dataset": "wine_classification.csv"], 400, "dataset"),
            ] as [(MultipartForm, [String: String], Int, String)] {
                let answer = try await Self.post(form, fields: fields, to: server)
                #expect(answer.status == status, "\(answer.text)")
                #expect(answer.text.contains(words), "\(answer.text)")
            }
            for dataset in ["../slipway.yml", "/etc/passwd", "none.csv", ".hidden.csv", "a//b.csv", "", "a:b.csv"] {
                let body = String(decoding: try JSONEncoder().encode(["dataset": dataset]), as: UTF8.self)
                let answer = try await server.post("/api/v1/models/wine/batch", json: body)
                #expect(answer.status == 400, "\(dataset): \(answer.text)")
            }
            #expect(try await Self.post(rows, model: "none", to: server).status == 404)
            #expect(try await Self.post(rows, to: server, as: .viewer).status == 403)
            #expect(try await server.get("\(trained.path)/result").status == 404)
            let list: TaskListAnswer = try await server.get("/api/v1/tasks", as: .admin).decoded()
            #expect(list.tasks.map(\.id) == [trained.id])
        }
    }

    @Test("The same Idempotency-Key makes one task")
    func idempotency() async throws {
        let sample = try await BulkSample.shared.made()
        try await withTestServer { server in
            try await Wine.submit(to: server).until("succeeded")
            let form = Self.form("rows.npy", try sample.file(.npy))
            var ids: [String] = []
            for status in [201, 200] {
                let task: TaskAnswer = try await server.post(
                    "/api/v1/models/wine/batch", form: form, headers: ["Idempotency-Key": "once"]
                ).decoded(status: status)
                ids.append(task.id)
            }
            #expect(ids[0] == ids[1])
            try await TestTask(server: server, id: ids[0], owner: .ada).until("succeeded")
        }
    }
}

extension MultipartForm {
    /// A part that is no file, to be put before the others.
    fileprivate func field(_ name: String, _ value: String) -> Data {
        Data("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }
}
