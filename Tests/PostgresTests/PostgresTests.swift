import Testing

/// Everything that one server serves.
@Suite("PostgreSQL", .privateServer)
struct PostgresTests {}
