/// The users that every test server has, each with a token.
enum Person: String, CaseIterable, Sendable {
    case admin = "boss"
    case ada
    case bob
    case viewer = "vera"

    var role: String {
        switch self {
        case .admin: "admin"
        case .ada, .bob: "user"
        case .viewer: "viewer"
        }
    }

    /// Ada can log in as well.
    static let passwordOfAda = "ada's long password"
}
