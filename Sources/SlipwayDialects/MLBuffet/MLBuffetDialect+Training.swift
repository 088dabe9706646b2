import HTTPTypes
import Hummingbird
import Multipart
import NIOCore
import SlipwayAPI
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension MLBuffetDialect {
    /// Training by a script that comes with its dataset and its requirements: a Slurm task.
    ///
    /// The router wants one word for what stands at one place, here `name`: a file's name, or a tag before it.
    var trainingEndpoints: [Endpoint] {
        [
            endpoint(
                .post, "/api/v1/train/{name}",
                Self.trainingDocumentation("The model is called by the file's name without its extension."),
                respond: { call, user in try await train(call, file: call.parameter("name"), tag: nil, as: user) }),
            endpoint(
                .post, "/api/v1/train/{name}/{model_name}",
                Self.trainingDocumentation("The model is called by the tag."),
                respond: { call, user in
                    try await train(call, file: call.parameter("model_name"), tag: call.parameter("name"), as: user)
                }),
        ]
    }

    /// The task that was made, beside the envelope.
    private struct TrainingMembers: Encodable, Sendable {
        let task: String
        /// Where the task tells how far it is.
        let link: String

        init(_ id: String) {
            task = id
            link = "/api/v1/tasks/\(id)"
        }
    }

    private static let trained = "Training container created and running!"

    private static func trainingDocumentation(_ naming: String) -> EndpointDocumentation {
        EndpointDocumentation(
            group,
            "Trains by a script, in an environment of its requirements, as a Slurm task. What the script leaves under "
                + "the last name of the path becomes the model's next version. \(naming)",
            body: .init(
                "multipart/form-data",
                curl: "-F dataset=@data.csv -F script=@train.py -F requirements=@requirements.txt"),
            answer: .json(MLBuffetAnswer(.ok, trained, members: TrainingMembers("0f3k9tq2xb"))))
    }

    private func train(_ call: Call, file: String, tag: String?, as user: User) async throws -> Response {
        guard let contentType = call.request.headers[.contentType],
            let boundary = try? MultipartBoundary(contentType: contentType)
        else {
            throw Problem.unprocessable("No training script provided with name 'script'")
        }
        let intake = try await services.training.begin(modelFile: file, tag: tag, for: user)
        do {
            try await receive(call, boundary: boundary, into: intake)
            let submission = try await services.training.submit(intake, modelFile: file, tag: tag)
            let members = TrainingMembers(submission.task.id.text)
            return try MLBuffetAnswer(.ok, Self.trained, members: members).response(headers: [.location: members.link])
        } catch {
            await intake.discard()
            throw error
        }
    }

    private func receive(_ call: Call, boundary: MultipartBoundary, into intake: TaskIntake) async throws {
        let limits = services.configuration.limits
        let parts = MultipartStream(
            call.request.body, boundary: boundary,
            limits: MultipartLimits(
                maximumParts: limits.maximumParts, maximumPartBytes: limits.maximumPartBytes,
                maximumFieldBytes: Int64(limits.maximumConfigBytes), maximumTotalBytes: limits.maximumRequestBytes))
        for try await event in parts {
            switch event {
            case .partBegan(let head):
                guard TrainingService.parts.contains(head.name), let filename = head.filename else {
                    let known = TrainingService.parts.joined(separator: ", ")
                    throw Problem.unprocessable(
                        "The form has a part “\(head.name.prefix(100))”; send one file each as \(known)")
                }
                try await intake.begin(partNamed: head.name, filename: filename, contentType: head.contentType)
            case .body(let bytes): try await intake.write(bytes)
            case .partEnded: try await intake.endPart()
            case .finished: break
            }
        }
    }
}
