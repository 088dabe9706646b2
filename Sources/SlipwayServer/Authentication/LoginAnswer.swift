/// What a login gives (RFC 6749 section 5.1).
struct LoginAnswer: Codable, Sendable {
    var accessToken: String
    var tokenType = "bearer"
    var expiresIn: Int

    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
    }
}
