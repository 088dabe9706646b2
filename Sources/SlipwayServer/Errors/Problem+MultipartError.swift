import HTTPTypes
import Multipart
import SlipwayAPI

extension Problem {
    init(_ error: MultipartError) {
        let status: HTTPResponse.Status =
            error.code == .notMultipart ? .unsupportedMediaType : error.isLimit ? .contentTooLarge : .badRequest
        let fields = error.part.map { [ProblemAnswer.Field(path: $0, value: nil, message: error.message)] } ?? []
        self.init(status, error.message, fields: fields)
        if status == .unsupportedMediaType { headers[.accept] = "multipart/form-data" }
    }
}
