package import Foundation
package import Postgres
package import SlipwayCore

/// Users and credentials in PostgreSQL.
package struct SQLUserStore: UserStore {
    let database: Database

    package init(client: PostgresClient) {
        self.database = Database(client: client)
    }

    package func insert(
        name: String, role: Role, passwordHash: String?, refusedAccounts: [String]
    ) async throws -> User? {
        try await database.query(
            """
            INSERT INTO users (name, role, password_hash, refused_accounts)
            VALUES (\(name), \(role.rawValue), \(passwordHash), \(refusedAccounts))
            ON CONFLICT (name) DO NOTHING
            RETURNING \(unsafe: User.columns)
            """
        ).first.map(User.init(row:))
    }

    package func users() async throws -> [User] {
        try await database.query("SELECT \(unsafe: User.columns) FROM users ORDER BY name").map(User.init(row:))
    }

    package func user(_ name: String) async throws -> User? {
        try await database.query("SELECT \(unsafe: User.columns) FROM users WHERE name = \(name)").first
            .map(User.init(row:))
    }

    package func user(_ id: User.ID) async throws -> User? {
        try await database.query("SELECT \(unsafe: User.columns) FROM users WHERE id = \(id.number)").first
            .map(User.init(row:))
    }

    package func passwordHash(of id: User.ID) async throws -> String? {
        try await database.query("SELECT password_hash FROM users WHERE id = \(id.number)").first?
            .decode("password_hash", as: String?.self)
    }

    package func setPasswordHash(_ hash: String, of id: User.ID) async throws {
        _ = try await database.query("UPDATE users SET password_hash = \(hash) WHERE id = \(id.number)")
    }

    package func insertToken(
        of id: User.ID, name: String, hash: [UInt8], expiresAt: Date?
    ) async throws -> APIToken {
        let rows = try await database.query(
            """
            INSERT INTO api_tokens (user_id, name, hash, expires_at)
            VALUES (\(id.number), \(name), \(Data(hash)), \(expiresAt))
            RETURNING \(unsafe: APIToken.columns)
            """)
        guard let row = rows.first else { throw SlipwayError(.internal, "The token was not stored.") }
        return try APIToken(row: row)
    }

    package func tokens(of id: User.ID) async throws -> [APIToken] {
        try await database.query(
            """
            SELECT \(unsafe: APIToken.columns) FROM api_tokens
            WHERE user_id = \(id.number) AND revoked_at IS NULL ORDER BY id
            """
        ).map(APIToken.init(row:))
    }

    package func user(tokenHash: [UInt8]) async throws -> User? {
        // Noting the use at most once a minute keeps a busy token from writing on each request.
        let hash = Data(tokenHash)
        let rows = try await database.query(
            """
            SELECT \(unsafe: User.columns), k.id AS token,
                coalesce(k.last_used_at < now() - interval '1 minute', true) AS stale
            FROM api_tokens k JOIN users ON users.id = k.user_id
            WHERE k.hash = \(hash) AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
            """)
        guard let row = rows.first else { return nil }
        if try row.decode("stale", as: Bool.self) {
            let token = try row.decode("token", as: Int64.self)
            _ = try await database.query("UPDATE api_tokens SET last_used_at = now() WHERE id = \(token)")
        }
        return try User(row: row)
    }

    package func revokeToken(_ token: Int64, of id: User.ID) async throws -> Bool {
        try await database.query(
            """
            UPDATE api_tokens SET revoked_at = now()
            WHERE id = \(token) AND user_id = \(id.number) AND revoked_at IS NULL RETURNING id
            """
        ).first != nil
    }

    package func changes() -> any AsyncSequence<Bool, any Error> & Sendable {
        database.client.notifications(on: ["slipway_users"]).map { event in
            switch event {
            case .subscribed, .resubscribed: true
            case .notification: false
            }
        }
    }

    package func signingKey(orInsert candidate: [UInt8]) async throws -> [UInt8] {
        _ = try await database.query("INSERT INTO signing_key (key) VALUES (\(Data(candidate))) ON CONFLICT DO NOTHING")
        guard let row = try await database.query("SELECT key FROM signing_key").first else {
            throw SlipwayError(.internal, "The signing key was not stored.")
        }
        return Array(try row.decode("key", as: Data.self))
    }
}

extension User {
    static let columns = "users.id, users.name, users.role::text AS role, users.refused_accounts, users.created_at"

    init(row: PostgresRow) throws {
        self.init(
            id: User.ID(try row.decode("id")), name: try row.decode("name"), role: try row.word("role"),
            refusedAccounts: try row.decode("refused_accounts"), createdAt: try row.decode("created_at"))
    }
}

extension APIToken {
    static let columns = "id, name, created_at, last_used_at, expires_at"

    init(row: PostgresRow) throws {
        self.init(
            id: try row.decode("id"), name: try row.decode("name"), createdAt: try row.decode("created_at"),
            lastUsedAt: try row.decode("last_used_at"), expiresAt: try row.decode("expires_at"))
    }
}
