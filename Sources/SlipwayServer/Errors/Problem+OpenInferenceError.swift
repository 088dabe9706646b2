import HTTPTypes
import OpenInference

extension Problem {
    init(_ error: OpenInferenceError) {
        self.init(error.code == .unsupported ? .notImplemented : .badRequest, error.description)
    }
}
