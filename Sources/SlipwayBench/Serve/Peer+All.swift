extension Peer {
    /// Each with as many workers as one core and both cores can have, and with what else its documentation leaves open.
    static let all = [fastAPI, fastAPIOfTutorial, mlServer, bentoML, litServe]

    private static let fastAPI = Peer(
        name: "fastapi",
        packages: [
            ("FastAPI", "fastapi"), ("uvicorn", "uvicorn"), ("uvloop", "uvloop"), ("httptools", "httptools"),
            ("orjson", "orjson"), ("onnxruntime", "onnxruntime"),
        ],
        settings: ["1", "2"].map { workers in
            Setting(
                what: "\(workers) worker\(workers == "1" ? "" : "s")", arguments: ["--workers", workers],
                request: .plain("/predict", answer: .bare))
        }, remark: "raw bodies")

    /// With a model of pydantic's for the request, and an ordinary function, as the tutorial writes it.
    private static let fastAPIOfTutorial = Peer(
        name: "fastapi", packages: fastAPI.packages,
        settings: ["1", "2"].map { workers in
            Setting(
                what: "\(workers) worker\(workers == "1" ? "" : "s")", arguments: ["--workers", workers],
                request: .plain("/tutorial", answer: .bare))
        }, remark: "as in its tutorial")

    /// Its documentation leaves the pool of workers and the batching to experiment.
    private static let mlServer = Peer(
        name: "mlserver",
        packages: [
            ("MLServer", "mlserver"), ("uvloop", "uvloop"), ("orjson", "orjson"), ("onnxruntime", "onnxruntime"),
        ],
        settings: [
            ("no pool of workers", ["--workers", "0"]),
            ("no pool, adaptive batching", ["--workers", "0", "--batch", "32"]),
            ("1 worker", ["--workers", "1"]), ("2 workers", ["--workers", "2"]),
        ].map { Setting(what: $0, arguments: $1, request: .openInference) })

    private static let bentoML = Peer(
        name: "bentoml",
        packages: [
            ("BentoML", "bentoml"), ("uvicorn", "uvicorn"), ("uvloop", "uvloop"), ("onnxruntime", "onnxruntime"),
        ],
        settings: ["1", "2"].flatMap { workers in
            let what = "\(workers) worker\(workers == "1" ? "" : "s")"
            return [
                Setting(
                    what: what, arguments: ["--workers", workers], request: .plain("/predict", answer: .bare)),
                Setting(
                    what: what + ", adaptive batching", arguments: ["--workers", workers],
                    request: .plain("/predict_batched", answer: .bare)),
            ]
        })

    private static let litServe = Peer(
        name: "litserve",
        packages: [
            ("LitServe", "litserve"), ("uvicorn", "uvicorn"), ("uvloop", "uvloop"), ("onnxruntime", "onnxruntime"),
        ],
        settings: ["1", "2"].flatMap { workers in
            let what = "\(workers) worker\(workers == "1" ? "" : "s")"
            let batching = ["--batch", "16", "--batch-timeout", "0.001"]
            return [(what, []), (what + ", batching", batching)].map { what, more in
                Setting(
                    what: what, arguments: ["--workers", workers] + more,
                    request: .plain("/predict", answer: .member("output")))
            }
        })
}
