import Foundation
import JWTKit
import SlipwayCore
import SlipwayServices

/// Issues and verifies the tokens of logins: HS256 with the installation's own key.
actor LoginTokens {
    private let users: UserService
    nonisolated let lifetimeSeconds: Int
    private var keys: JWTKeyCollection?

    init(users: UserService, lifetimeSeconds: Int) {
        self.users = users
        self.lifetimeSeconds = lifetimeSeconds
    }

    func issue(to user: User.ID) async throws -> String {
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        return try await signer().sign(
            LoginToken(
                subject: SubjectClaim(value: String(user.number)), issuedAt: IssuedAtClaim(value: now),
                expiration: ExpirationClaim(value: now.addingTimeInterval(Double(lifetimeSeconds)))))
    }

    /// The user whom a token names.
    ///
    /// - Returns: nil for a token that is not ours, was changed, or is over.
    func subject(of token: String) async throws -> User.ID? {
        let keys = try await signer()
        guard let claims = try? await keys.verify(token, as: LoginToken.self) else { return nil }
        return Int64(claims.subject.value).map(User.ID.init)
    }

    private func signer() async throws -> JWTKeyCollection {
        if let keys { return keys }
        let key = HMACKey(from: try await users.signingKey())
        let made = await JWTKeyCollection().add(hmac: key, digestAlgorithm: .sha256)
        keys = made
        return made
    }
}
