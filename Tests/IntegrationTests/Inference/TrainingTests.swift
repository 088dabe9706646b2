import Foundation
import SlipwayAPI
import Testing

@Suite("Training from a script and its requirements")
struct TrainingTests {
    /// Doubles its input: 1 to 3 columns of the dataset are not looked at but counted.
    private static let script = """
        import pandas
        from onnx import TensorProto, helper, save

        rows = len(pandas.read_csv("dataset.csv"))
        print(f"{rows} rows")
        value = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, 1]) for name in ("x", "y")]
        graph = helper.make_graph([helper.make_node("Add", ["x", "x"], ["y"])], "double", value[:1], value[1:])
        save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), "double.onnx")
        """

    private static func form(script: String, requirements: String = "pandas\n") -> MultipartForm {
        var form = MultipartForm()
        form.add(file: "numbers.csv", Data("a,b\n1,2\n3,4\n".utf8), part: "dataset", type: "text/csv")
        form.add(file: "fit.py", Data(script.utf8), part: "script", type: "text/x-python")
        form.add(file: "requirements.txt", Data(requirements.utf8), part: "requirements", type: "text/plain")
        return form
    }

    private static func train(
        _ path: String, _ form: MultipartForm, on server: TestServer
    ) async throws -> TestTask {
        let answer = try await server.post("/mlbuffet/api/v1/train/\(path)", form: form).object()
        guard case .object(let status)? = answer["http_status"], case .string(let id)? = answer["task"] else {
            throw TestFailure("no envelope with a task in \(answer)")
        }
        #expect(status["code"] == .integer(200))
        #expect(status["description"] == .string("Training container created and running!"))
        #expect(answer["link"] == .string("/api/v1/tasks/\(id)"))
        return TestTask(server: server, id: id, owner: .ada)
    }

    @Test("The file that the script leaves becomes the next version, under the tag or the file's own name")
    func model() async throws {
        try await withTestServer { server in
            for (path, name) in [("double.onnx", "double"), ("twice/double.onnx", "twice")] {
                let task = try await Self.train(path, Self.form(script: Self.script), on: server)
                let ended = try await task.until("succeeded")
                #expect(ended.model?.name == name)
                #expect(ended.model?.version == 1)
                #expect(ended.image == "ml_latest")
                #expect(ended.dataset == "numbers.csv")
                #expect(try await task.log().contains("\n2 rows\n"))
                let answer: Prediction = try await server.post(
                    "/v2/models/\(name)/infer",
                    json: #"{"inputs": [{"name": "x", "datatype": "FP32", "shape": [2, 1], "data": [3, 4]}]}"#
                ).decoded()
                #expect(answer.outputs.first?.data == [6, 8])
            }
            let again = try await Self.train("double.onnx", Self.form(script: Self.script), on: server)
            #expect(try await again.until("succeeded").model?.version == 2)
        }
    }

    @Test("Requirements are installed as the cluster's pip.conf says, for this job alone")
    func requirements() async throws {
        let shelf = try await WheelShelf()
        defer { shelf.remove() }
        let settings = ServerSettings(clusterLines: ["pip_config: \(shelf.pipConfig)", "binds: [\(shelf.folder)]"])
        try await withTestServer(settings) { server in
            let script = """
                import sys
                import pandas
                from \(WheelShelf.module) import greeting
                print(greeting, sys.prefix != sys.base_prefix)
                open("model.txt", "w").write("a model")
                """
            let form = Self.form(script: script, requirements: "pandas\n\(WheelShelf.requirement)\n")
            let task = try await Self.train("model.txt", form, on: server)
            try await task.until("succeeded")
            #expect(try await task.log().contains("\n\(WheelShelf.greeting) True\n"))
        }
    }

    struct Failing: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var script: String
        var requirements = "pandas\n"
        var words: [String]
    }

    @Test(
        "A training that fails says why in one sentence",
        arguments: [
            Failing(
                testDescription: "an exception", script: "raise ValueError('the wine is sour')",
                words: ["exit code 1", "ValueError: the wine is sour"]),
            Failing(
                testDescription: "an exit code", script: "import sys\nsys.exit(7)", words: ["exit code 7."]),
            Failing(
                testDescription: "no model",
                script: "open('notes.txt', 'w').write('x')\ntry:\n  1 / 0\nexcept ZeroDivisionError:\n"
                    + "  import traceback; traceback.print_exc()",
                words: ["fit.py left no file double.onnx; it left notes.txt"]),
            Failing(
                testDescription: "requirements that no index has", script: "print('never')",
                requirements: "--no-index\nno-such-package-of-slipway\n",
                words: ["requirements.txt could not be installed", "no-such-package-of-slipway"]),
            Failing(
                testDescription: "requirements that are none", script: "print('never')",
                requirements: "=== wrong\n", words: ["requirements.txt could not be installed"]),
        ])
    func failure(_ failing: Failing) async throws {
        try await withTestServer { server in
            let form = Self.form(script: failing.script, requirements: failing.requirements)
            let task = try await Self.train("double.onnx", form, on: server)
            let ended = try await task.end()
            #expect(ended.state == "failed")
            #expect(ended.reason == "exit_code")
            let message = ended.message ?? ""
            for words in failing.words { #expect(message.contains(words)) }
            #expect(!message.contains("\n"))
            #expect(try await !task.log().contains("\nnever\n"))
            #expect(try await server.get("/api/v1/models/double").status == 404)
        }
    }

    @Test("What is missing or cannot be is refused with 422, and nothing is stored")
    func refusals() async throws {
        try await withTestServer { server in
            var incomplete = MultipartForm()
            incomplete.add(file: "fit.py", Data(Self.script.utf8), part: "script")
            var strange = Self.form(script: Self.script)
            strange.add(file: "more.txt", Data("x".utf8), part: "more")
            let whole = Self.form(script: Self.script)
            for (path, form, words) in [
                ("double.onnx", incomplete, "dataset"), ("double.onnx", strange, "more"),
                ("-%2Fdouble.onnx", whole, "double.onnx"), ("%20tag/double.onnx", whole, "tag"),
            ] {
                let answer = try await server.post("/mlbuffet/api/v1/train/\(path)", form: form)
                #expect(answer.status == 422)
                guard case .object(let status)? = try answer.object(status: 422)["http_status"],
                    case .string(let description)? = status["description"]
                else { throw TestFailure("no envelope in \(answer.text)") }
                #expect(description.contains(words))
            }
            let viewed = try await server.post("/mlbuffet/api/v1/train/double.onnx", form: whole, as: .viewer)
            #expect(viewed.status == 403)
            let list: TaskListAnswer = try await server.get("/api/v1/tasks", as: .admin).decoded()
            #expect(list.tasks.isEmpty)
            let left = try FileManager.default.subpathsOfDirectory(atPath: server.folder + "/tasks")
            #expect(!left.contains { $0.hasSuffix("fit.py") })
        }
    }
}
