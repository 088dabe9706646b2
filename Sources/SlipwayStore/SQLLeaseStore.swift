import Foundation
package import Postgres
package import SlipwayCore

/// Leases in PostgreSQL, by the database's clock alone.
package struct SQLLeaseStore: LeaseStore {
    let database: Database

    package init(client: PostgresClient) {
        self.database = Database(client: client)
    }

    package func heartbeat(_ server: ServerID, seconds: Double) async throws {
        _ = try await database.query(
            """
            INSERT INTO servers (id, alive_until) VALUES (\(server.uuid), now() + make_interval(secs => \(seconds)))
            ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until
            """)
        _ = try await database.query("DELETE FROM servers WHERE alive_until < now() - interval '1 day'")
    }

    package func acquire(_ name: String, for server: ServerID, seconds: Double) async throws -> Bool {
        try await database.query(
            """
            INSERT INTO leases (name, holder, held_until)
            VALUES (\(name), \(server.uuid), now() + make_interval(secs => \(seconds)))
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
                WHERE leases.holder = excluded.holder OR leases.held_until < now()
            RETURNING name
            """
        ).first != nil
    }

    package func release(_ name: String, of server: ServerID) async throws {
        _ = try await database.query("DELETE FROM leases WHERE name = \(name) AND holder = \(server.uuid)")
    }

    package func living(_ servers: [ServerID], within seconds: Double) async throws -> Set<ServerID> {
        let rows = try await database.query(
            """
            SELECT id FROM servers
            WHERE id = ANY(\(servers.map { $0.uuid.uuidString })::text[]::uuid[])
                AND alive_until > now() - make_interval(secs => \(seconds))
            """)
        return Set(try rows.map { ServerID(try $0.decode("id")) })
    }

    package func leave(_ server: ServerID) async throws {
        _ = try await database.query("DELETE FROM leases WHERE holder = \(server.uuid)")
        _ = try await database.query("DELETE FROM servers WHERE id = \(server.uuid)")
    }

    package func ping() async throws {
        _ = try await database.query("SELECT 1")
    }
}
