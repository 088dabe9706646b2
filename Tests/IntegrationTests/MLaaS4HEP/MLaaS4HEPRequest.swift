import Foundation
import Testing

/// A request to MLaaS4HEP's API, and what is answered.
struct MLaaS4HEPRequest: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var method = "GET"
    /// Below the prefix.
    var path: String
    var person: Person? = .ada
    var json: String?
    var form: MultipartForm?
    var status: Int
    /// What the answer has to hold.
    var words: String

    func send(to server: TestServer) async throws -> HTTPAnswer {
        try await server.send(
            method, "/mlaas4hep" + path, as: person, body: form?.body ?? json.map { Data($0.utf8) },
            contentType: form?.contentType ?? json.map { _ in "application/json" })
    }

    private static func form(_ parts: (part: String, file: String)...) -> MultipartForm {
        var form = MultipartForm()
        for (part, file) in parts { form.add(file: file, TrainingFolder.scripted().archive, part: part) }
        return form
    }

    private static func submission(_ member: String, _ value: String, _ words: String) -> MLaaS4HEPRequest {
        MLaaS4HEPRequest(
            testDescription: "submission with \(member) \(value)", method: "POST", path: "/submit",
            json: TrainingFolder.request("luca", [member: value]), status: 400, words: words)
    }

    /// What is refused where Ada has the folder `luca`.
    static var refused: [MLaaS4HEPRequest] { uploads + submissions + processes + folders }

    private static var uploads: [MLaaS4HEPRequest] {
        let good = form(("file", "folder.tar.gz"))
        return [
            .init(
                testDescription: "no form", method: "POST", path: "/upload?name=luca", json: "{}", status: 400,
                words: "No file was provided"),
            .init(
                testDescription: "no file in the form", method: "POST", path: "/upload?name=luca",
                form: MultipartForm(), status: 400, words: "No file was provided"),
            .init(
                testDescription: "no name", method: "POST", path: "/upload", form: good, status: 400,
                words: "No name was provided"),
            .init(
                testDescription: "file of another name", method: "POST", path: "/upload?name=luca",
                form: form(("files", "folder.tar.gz")), status: 400, words: "named “file”"),
            .init(
                testDescription: "two files", method: "POST", path: "/upload?name=luca",
                form: form(("file", "a.tar.gz"), ("file", "b.tar.gz")), status: 400, words: "another file"),
            .init(
                testDescription: "name that is a path", method: "POST", path: "/upload?name=..%2Fluca", form: good,
                status: 400, words: "“name” must be"),
            .init(
                testDescription: "name with a command", method: "POST", path: "/upload?name=luca%3Brm", form: good,
                status: 400, words: "“name” must be"),
            .init(
                testDescription: "upload of a viewer", method: "POST", path: "/upload?name=vera", person: .viewer,
                form: good, status: 403, words: "viewer"),
            .init(
                testDescription: "upload to somebody else's folder", method: "POST", path: "/upload?name=luca",
                person: .bob, form: good, status: 403, words: "belongs to somebody else"),
        ]
    }

    private static var submissions: [MLaaS4HEPRequest] {
        [
            .init(
                testDescription: "no JSON", method: "POST", path: "/submit", json: "name=luca", status: 400,
                words: "no JSON object such as {\"name\": \"luca\""),
            .init(
                testDescription: "folder that is not there", method: "POST", path: "/submit",
                json: TrainingFolder.request("nobody"), status: 404, words: "There is no folder “nobody”"),
            .init(
                testDescription: "somebody else's folder", method: "POST", path: "/submit", person: .bob,
                json: TrainingFolder.request("luca"), status: 404, words: "There is no folder “luca”"),
            .init(
                testDescription: "submission of a viewer", method: "POST", path: "/submit", person: .viewer,
                json: TrainingFolder.request("luca"), status: 403, words: "viewer"),
            submission("memory", "\"3xb\"", "“memory” is “3xb”, but must be a size of at least 6mb"),
            submission("cpus", "-1", "“cpus” is “-1”, but must be a number of processors above 0"),
            submission("device", "\"tpu\"", "“device” must be cpu or gpu"),
            submission("model", "\"other.py\"", "“model” is not a file of the folder “luca”"),
            submission("params", "\"../../luca/params.json\"", "“params” must be the path of a file within the folder"),
            submission("files", "\"/etc/passwd\"", "“files” must be the path of a file within the folder"),
        ]
    }

    private static var processes: [MLaaS4HEPRequest] {
        ["status_docker", "logs", "model"].flatMap { route in
            [
                MLaaS4HEPRequest(
                    testDescription: "\(route) of no process", path: "/\(route)", status: 400,
                    words:
                        "No process_name was provided: add it to the address, as in /mlaas4hep/\(route)?process_name="),
                MLaaS4HEPRequest(
                    testDescription: "\(route) of an unknown process", path: "/\(route)?process_name=luca_7",
                    status: 404, words: "There is no process “luca_7”"),
                MLaaS4HEPRequest(
                    testDescription: "\(route) of what names none", path: "/\(route)?process_name=..%2F..%2Fetc_1",
                    status: 404, words: "There is no process"),
            ]
        } + [
            MLaaS4HEPRequest(
                testDescription: "file for an unknown process", method: "POST",
                path: "/setup_tfaas?process_name=luca_7", form: form(("file", "labels.txt")), status: 404,
                words: "There is no process “luca_7”"),
            MLaaS4HEPRequest(
                testDescription: "no file for a process", method: "POST", path: "/setup_tfaas?process_name=luca_7",
                json: "{}", status: 400, words: "No file was provided"),
        ]
    }

    private static var folders: [MLaaS4HEPRequest] {
        ["delete_specs", "delete_folder"].flatMap { route in
            [
                MLaaS4HEPRequest(
                    testDescription: "\(route) of no folder", path: "/\(route)", status: 400,
                    words: "No name was provided: add it to the address, as in /mlaas4hep/\(route)?name=luca."),
                MLaaS4HEPRequest(
                    testDescription: "\(route) of an unknown folder", path: "/\(route)?name=nobody", status: 404,
                    words: "There is no folder “nobody”"),
                MLaaS4HEPRequest(
                    testDescription: "\(route) of somebody else's folder", method: "DELETE",
                    path: "/\(route)?name=luca", person: .bob, status: 404, words: "There is no folder “luca”"),
                MLaaS4HEPRequest(
                    testDescription: "\(route) by a viewer", path: "/\(route)?name=luca", person: .viewer, status: 403,
                    words: "viewer"),
                MLaaS4HEPRequest(
                    testDescription: "\(route) by HEAD", method: "HEAD", path: "/\(route)?name=luca", status: 405,
                    words: ""),
                MLaaS4HEPRequest(
                    testDescription: "\(route) without a token", path: "/\(route)?name=luca", person: nil, status: 401,
                    words: "token"),
            ]
        } + [
            MLaaS4HEPRequest(testDescription: "no route", path: "/nowhere", status: 404, words: "There is no route"),
            MLaaS4HEPRequest(
                testDescription: "wrong method", method: "PUT", path: "/upload?name=luca", status: 405, words: "POST"),
        ]
    }
}
