package import SlipwayAPI
package import SlipwayCore

extension ModelVersionAnswer {
    package init(_ version: ModelVersion) {
        let own = "/api/v1/models/\(PathSegment.encode(version.name))/versions/\(version.version)"
        var links = ["self": own, "archive": "\(own)/archive"]
        if let task = version.task {
            links["task"] = "/api/v1/tasks/\(task)"
            if let lineage = version.lineage {
                links["script"] = "/api/v1/tasks/\(task)/files/files/\(PathSegment.encode(lineage.entrypoint))"
            }
        }
        if version.format == "onnx" || version.format == "tensorflow_savedmodel" {
            links["infer"] = "/v2/models/\(PathSegment.encode(version.name))/versions/\(version.version)/infer"
        }
        self.init(
            name: version.name, version: version.version, format: version.format, sha256: version.sha256,
            bytes: version.bytes, signature: version.signature.map(SignatureAnswer.init), task: version.task?.text,
            owner: version.owner, createdAt: version.createdAt, aliases: version.aliases,
            description: version.description, library: version.library,
            lineage: version.lineage.flatMap { lineage in
                version.task.map {
                    LineageAnswer(
                        task: $0.text, attempt: lineage.attempt, jobID: lineage.jobID, cluster: lineage.cluster,
                        entrypoint: lineage.entrypoint, image: lineage.image, imageSHA256: lineage.imageSHA256)
                }
            },
            links: links)
    }
}

extension SignatureAnswer {
    package init(_ signature: ModelSignature) {
        func tensors(_ specifications: [TensorSpecification]) -> [Tensor] {
            specifications.map { Tensor(name: $0.name, datatype: $0.type.rawValue, shape: $0.shape) }
        }
        self.init(inputs: tensors(signature.inputs), outputs: tensors(signature.outputs))
    }
}
