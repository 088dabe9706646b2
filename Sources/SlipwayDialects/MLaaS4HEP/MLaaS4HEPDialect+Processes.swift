import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayAPI
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension MLaaS4HEPDialect {
    /// Trainings: submitted, looked at, read of.
    var processEndpoints: [Endpoint] {
        let process = EndpointDocumentation.Parameter.query("process_name", "As submit answered it, such as luca_1.")
        let methods: [HTTPRequest.Method] = [.get, .post]
        return [
            endpoint(
                .post, "/submit",
                EndpointDocumentation(
                    Self.group, "Trains a model from an uploaded folder, as a Slurm task.",
                    parameters: [
                        .header(
                            .idempotencyKey, "1 to 255 visible characters: the same key never makes a second process.")
                    ],
                    body: .init("application/json", curl: "-d @submit.json"),
                    answer: .json(Self.submitted("luca_1", job: 5557))),
                respond: submit),
            endpoint(
                .get, "/status_docker",
                EndpointDocumentation(
                    Self.group, "How far a process is, in docker's words.", parameters: [process],
                    answer: .json(Self.status("luca_1", "Up 8 seconds")))
            ) { call, user in
                let found = try await self.process(of: call, for: user)
                return try Self.status(found.process.name.description, DockerStatus(found.task).text(at: Date()))
                    .response()
            },
        ]
            + methods.map { method in
                endpoint(
                    method, "/logs",
                    EndpointDocumentation(
                        Self.group, "What a process has written so far.", parameters: [process],
                        answer: .other("text/plain")),
                    respond: logs)
            }
    }

    /// The process that a request is about.
    ///
    /// - Throws: `Problem` or `SlipwayError` that says which name is missing, or not known to this user.
    func process(of call: Call, for user: User) async throws -> (process: TrainingProcess, task: MLTask) {
        let name = try required("process_name", of: call, example: "process_name=luca_1")
        return try await services.workflows.process(named: name, for: user)
    }

    private static func submitted(_ process: String, job: Int64?) -> IndentedObject {
        IndentedObject(("process_name", .string(process)), ("job_id", job.map(JSONValue.integer) ?? .null))
    }

    private static func status(_ process: String, _ words: String) -> IndentedObject {
        IndentedObject(("process_name", .string(process)), ("status", .string(words)))
    }

    @Sendable private func submit(_ call: Call, _ user: User) async throws -> Response {
        let key = try TaskReceiver.idempotencyKey(call.request)
        let limit = services.configuration.limits.maximumConfigBytes
        try UploadLimit.check(call.request, maximumBytes: Int64(limit))
        let body = try SubmitBody(try await call.request.body.collect(upTo: limit))
        let submission = try await services.workflows.submit(body.request, for: user, idempotencyKey: key)
        return try Self.submitted(submission.process.name.description, job: submission.jobID).response()
    }

    @Sendable private func logs(_ call: Call, _ user: User) async throws -> Response {
        let (process, task) = try await process(of: call, for: user)
        let name = "\(process.name).txt"
        guard var file = try await services.tasks.log(task.id.text, as: user) else {
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/plain; charset=utf-8",
                    .contentDisposition: "attachment; filename=\"\(name)\"",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer()))
        }
        file.name = name
        return try .file(file, for: call.request, contentType: "text/plain; charset=utf-8", isDownload: true)
    }
}
