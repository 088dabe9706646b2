import HTTPTypes
import Hummingbird
import SlipwayAPI
import SlipwayCore
import SlipwayServices

/// Scoring whole files: `POST /api/v1/models/NAME/batch`, and what comes of it.
struct BulkRoutes: RouteRegistration {
    let services: Services

    var endpoints: [Endpoint] {
        [
            Endpoint(.post, "/api/v1/models/{name}/batch", Self.documentation, respond: submit),
            Endpoint(
                .get, "/api/v1/tasks/{id}/result",
                EndpointDocumentation(
                    "Tasks", "The result file of a task that makes no model, such as a bulk prediction.",
                    parameters: [.header(.range, "Bytes of the file.")], answer: .other("application/octet-stream"))
            ) { call, user in
                let file = try await services.tasks.result(call.parameter("id"), as: user)
                return try .file(file, for: call.request, contentType: "application/octet-stream", isDownload: true)
            },
        ]
    }

    private static let documentation = EndpointDocumentation(
        "Models",
        "Scores a file in a job of the cluster: a task, whose result waits at /api/v1/tasks/{id}/result. The file (.csv, "
            + ".npy, .parquet or .root) comes as the part “file” of a form, beside fields; or it lies in the folder of "
            + "datasets, and a JSON object names it as “dataset”. Fields: version, output_format (csv, npy, parquet, "
            + "json), chunk_rows, tree, columns, partition, account, time, memory, cpus.",
        parameters: [
            .header(.idempotencyKey, "1 to 255 visible characters: the same key never makes a second task.")
        ],
        body: .init("multipart/form-data", curl: "-F file=@rows.csv -F output_format=parquet"),
        answer: .json(Samples.task, status: 201))

    @Sendable private func submit(_ call: Call, _ user: User) async throws -> Response {
        let name = try call.parameter("name")
        let key = try TaskReceiver.idempotencyKey(call.request)
        let intake = try await services.bulk.begin(model: name, for: user)
        do {
            let request = try await BulkReceiver(services: services).receive(call, into: intake)
            let submission = try await services.bulk.submit(
                intake, model: name, request: request, idempotencyKey: key)
            return try .json(
                TaskAnswer(submission.task, dataAsOf: services.tasks.dataAsOf(submission.task)),
                status: submission.isNew ? .created : .ok,
                headers: [.location: "/api/v1/tasks/\(submission.task.id)"])
        } catch {
            await intake.discard()
            throw error
        }
    }
}
