import NIOCore
import SlipwayCore
import Testing

@testable import SlipwayDialects

@Suite("What MLaaS4HEP's clients submit")
struct SubmitBodyTests {
    private static let example = """
        {
            "name": "luca",
            "device": "cpu",
            "memory": "3gb",
            "cpus": "2",
            "files": "files_local.txt",
            "labels": "labels_local.txt",
            "model": "ex_keras_model.py",
            "params": "params_local.json"
          }
        """

    private static func read(_ text: String) throws -> SubmitBody { try SubmitBody(ByteBuffer(string: text)) }

    @Test("The file of the README is read")
    func documented() throws {
        let body = try Self.read(Self.example)
        #expect((body.name, body.wantsGPU, body.memoryMegabytes, body.cpus) == ("luca", false, 3072, 2))
        #expect((body.files, body.labels) == ("files_local.txt", "labels_local.txt"))
        #expect((body.model, body.params, body.preproc) == ("ex_keras_model.py", "params_local.json", nil))
    }

    @Test("Amounts may be numbers or missing, `fout` of older files says nothing, `preproc` may be there")
    func lenient() throws {
        let body = try Self.read(
            """
            {"name": "luca", "memory": 536870912, "cpus": 1.5, "files": "f", "labels": "l", "model": "m.py",
             "params": "p.json", "preproc": "preproc.json", "fout": "model", "device": null}
            """)
        #expect((body.memoryMegabytes, body.cpus, body.preproc, body.wantsGPU) == (512, 2, "preproc.json", false))
        let bare = try Self.read(
            #"{"name": "n", "files": "f", "labels": "l", "model": "m", "params": "p", "device": "GPU", "cpus": ""}"#)
        #expect((bare.memoryMegabytes, bare.cpus, bare.wantsGPU) == (nil, nil, true))
    }

    @Test(
        "Sizes are docker's",
        arguments: [
            ("3gb", 3072), ("3g", 3072), ("3GB", 3072), ("3GiB", 3072), ("1.5g", 1536), ("512m", 512), ("512mb", 512),
            ("512 MB", 512), ("524288k", 512), ("524288kb", 512), ("536870912", 512), ("536870912b", 512),
            ("6291457", 7), ("6m", 6), ("5m", nil), ("3000", nil), ("", nil), ("gb", nil), ("3xb", nil), ("-3g", nil),
            ("3g3", nil), ("1e9g", nil), ("nan", nil), ("inf", nil), ("3.g", 3072), ("1.2.3g", nil), ("٣g", nil),
            ("99999999999999999999g", nil), ("3gbb", nil), ("1t", 1 << 20),
        ] as [(String, Int?)])
    func sizes(text: String, megabytes: Int?) {
        #expect(DockerAmounts.megabytes(text) == megabytes)
    }

    @Test(
        "Processors are whole ones",
        arguments: [
            ("2", 2), ("1.5", 2), ("0.01", 1), ("2.0", 2), ("0", nil), ("-1", nil), ("", nil), ("two", nil),
            ("1e3", nil), ("nan", nil), ("1_000", nil), ("100001", nil),
        ] as [(String, Int?)])
    func processors(text: String, count: Int?) {
        #expect(DockerAmounts.processors(text) == count)
    }

    @Test(
        "What is wrong is told with its member",
        arguments: [
            ("", "no JSON object"), ("[1]", "no JSON object"), ("{}", "name: is missing"),
            (example.replacing("\"3gb\"", with: "\"3xb\""), "memory: is “3xb”, but must be a size"),
            (example.replacing("\"3gb\"", with: "true"), "memory: is “no number”"),
            (example.replacing("\"2\"", with: "0"), "cpus: is “0”, but must be a number of processors above 0"),
            (example.replacing("\"cpu\"", with: "\"tpu\""), "device: must be cpu or gpu."),
            (example.replacing("\"luca\"", with: "7"), "name: must be a text."),
            (example.replacing("\"luca\"", with: "\"\""), "name: is missing"),
            (example.replacing("\"model\"", with: "\"modell\""), "model: is missing: the Python file"),
        ])
    func refused(text: String, words: String) {
        let error = #expect(throws: SlipwayError.self) { try Self.read(text) }
        #expect(error?.code == .invalid)
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
}
