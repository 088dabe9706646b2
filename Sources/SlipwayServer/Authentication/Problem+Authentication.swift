import HTTPTypes

extension Problem {
    /// RFC 6750 section 3.1: no error code where no credentials came.
    static var credentialsMissing: Problem {
        Problem(
            .unauthorized,
            "Who are you? Send “Authorization: Bearer TOKEN” with an API token, or with the access_token that "
                + "POST /auth/login answers.",
            headers: [.wwwAuthenticate: "Bearer"])
    }

    static func unauthenticated(_ detail: String) -> Problem {
        Problem(.unauthorized, detail, headers: [.wwwAuthenticate: "Bearer error=\"invalid_token\""])
    }
}
