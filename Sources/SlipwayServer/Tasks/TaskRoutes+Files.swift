import HTTPTypes
import Hummingbird
import SlipwayAPI
import SlipwayCore
import SlipwayServices

extension TaskRoutes {
    var fileEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/api/v1/tasks/{id}/files",
                EndpointDocumentation(
                    "Tasks", "The files in the task's folder.",
                    answer: .json(
                        TaskFilesAnswer(files: [.init(path: "files/train.py", bytes: 2048, modifiedAt: Samples.time)])))
            ) { call, user in
                let files = try await services.tasks.files(call.parameter("id"), as: user)
                let answers = files.map {
                    TaskFilesAnswer.File(path: $0.path, bytes: $0.bytes, modifiedAt: $0.modifiedAt)
                }
                return try .json(TaskFilesAnswer(files: answers))
            },
            Endpoint(
                .get, "/api/v1/tasks/{id}/files/**",
                EndpointDocumentation(
                    "Tasks", "One file of the task's folder, by its path in the list.",
                    parameters: [.header(.range, "Bytes of the file.")], answer: .other("application/octet-stream"))
            ) { call, user in
                let file = try await services.tasks.file(call.parameter("id"), path: call.remainingPath(), as: user)
                return try .file(
                    file, for: call.request, contentType: "application/octet-stream", isDownload: true)
            },
        ]
    }
}
