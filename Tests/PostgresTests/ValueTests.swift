import FoundationEssentials
import Postgres
import Testing

private enum Colour: String, PostgresEncodable, PostgresDecodable {
    case red, green
}

extension PostgresTests {
    @Suite("Values")
    struct ValueTests {
        private func roundTrip<T: PostgresEncodable & PostgresDecodable & Equatable>(
            _ values: [T], as type: String
        ) async throws {
            try await withClient { client async throws in
                for value in values {
                    let row = try #require(
                        try await client.query("SELECT \(value)::\(unsafe: type) AS v, NULL::\(unsafe: type) AS n")
                            .first)
                    #expect(try row.decode("v") == value)
                    #expect(try row.decode(at: 0, as: T?.self) == value)
                    #expect(try row.decode("n", as: T?.self) == nil)
                    #expect(throws: PostgresError.self) { try row.decode("n", as: T.self) }
                }
            }
        }

        @Test("Booleans come back as they went")
        func booleans() async throws { try await roundTrip([true, false], as: "boolean") }

        @Test("Integers come back as they went")
        func integers() async throws {
            try await roundTrip([0, -1, Int.min, Int.max], as: "bigint")
            try await roundTrip([Int64.min, Int64.max], as: "bigint")
            try await roundTrip([Int32.min, 7, Int32.max], as: "integer")
        }

        @Test("Floating-point numbers come back to the last bit")
        func doubles() async throws {
            try await roundTrip(
                [0, -0.0, 0.1, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity],
                as: "double precision")
        }

        @Test("Texts come back as they went, whatever characters they hold")
        func texts() async throws {
            try await roundTrip(
                [
                    "", "a", "O'Brien", "\\", "\"", "line\nline", "😀 é ü", "$1", "%s", "'; DROP TABLE x; --",
                    "\u{1}\u{7f}",
                ],
                as: "text")
        }

        @Test("Bytes come back as they went, as Data and as an array")
        func bytes() async throws {
            try await roundTrip([Data(), Data(0...255)], as: "bytea")
            try await roundTrip([[], [0, 1, 255], Array("\\x00".utf8)] as [[UInt8]], as: "bytea")
        }

        @Test("Identifiers come back as they went")
        func identifiers() async throws { try await roundTrip([UUID(), UUID()], as: "uuid") }

        @Test(
            "Times come back to the microsecond",
            arguments: [
                0, -1, 1, 951_782_400, 1_709_164_799.999999, 1_767_225_599.123456, -2_208_988_800.5, 253_402_300_799,
                -62_135_596_800, -62_200_000_000, 32_503_680_000.25,
            ])
        func times(_ seconds: Double) async throws {
            try await withClient { client async throws in
                let date = Date(timeIntervalSince1970: seconds)
                let row = try #require(
                    try await client.query(
                        "SELECT \(date)::timestamptz AS t, extract(epoch FROM \(date)::timestamptz)::text AS e"
                    ).first)
                #expect(abs(try row.decode("t", as: Date.self).timeIntervalSince1970 - seconds) < 6e-7)
                #expect(abs(try #require(Double(row.decode("e", as: String.self))) - seconds) < 6e-7)
            }
        }

        @Test("A time of the server's comes back to the server unchanged")
        func serverTimes() async throws {
            try await withClient { client async throws in
                _ = try await client.query("CREATE TABLE times (t timestamptz)")
                _ = try await client.query(
                    """
                    INSERT INTO times
                    SELECT timestamptz '2026-01-01' + n * interval '1 day 1.000001 s' FROM generate_series(1, 500) n
                    """
                )
                let dates = try await client.query("SELECT t FROM times").map { try $0.decode("t", as: Date.self) }
                let found: Int = try await client.query("SELECT count(*) FROM times WHERE t = ANY(\(dates))")[0].decode(
                    at: 0)
                #expect(found == 500)
            }
        }

        @Test("Arrays come back as they went")
        func arrays() async throws {
            try await roundTrip([[], ["a"], ["", "NULL", "a,b", "{}", "\"\\", "é\n"]], as: "text[]")
            try await roundTrip([[], [1, -2, .max]], as: "bigint[]")
            try await roundTrip([[Int64.min, 0]], as: "bigint[]")
            try await roundTrip([[1, nil, 3]] as [[Int?]], as: "bigint[]")
        }

        @Test("An enum column takes and gives an enum of Swift's")
        func enums() async throws {
            try await withClient { client async throws in
                _ = try await client.query("CREATE TYPE colour AS ENUM ('red', 'green', 'blue')")
                _ = try await client.query("CREATE TABLE coloured (c colour)")
                _ = try await client.query("INSERT INTO coloured VALUES (\(Colour.red)), (\(Colour.green))")
                let rows = try await client.query("SELECT c FROM coloured WHERE c = \(Colour.green)")
                #expect(try rows.map { try $0.decode("c", as: Colour.self) } == [.green])
                let all = try await client.query("SELECT c FROM coloured WHERE c = ANY(\([Colour.red, .green]))")
                #expect(all.count == 2)
                let blue = try await client.query("SELECT 'blue'::colour AS c")
                #expect(throws: PostgresError.self) { try blue[0].decode("c", as: Colour.self) }
            }
        }

        @Test("JSON stays JSON")
        func json() async throws {
            try await withClient { client async throws in
                let json = PostgresJSON(#"{"a": [1, "it's"]}"#)
                let row = try await client.query("SELECT \(json)::jsonb AS j, (\(json)::jsonb)->'a'->>1 AS s")[0]
                #expect(try row.decode("j", as: PostgresJSON.self) == json)
                #expect(try row.decode("s") == "it's")
            }
        }

        @Test("A column that is not there, and one of another type, say so")
        func mismatches() async throws {
            try await withClient { client async throws in
                let row = try await client.query("SELECT 'abc' AS word")[0]
                #expect(throws: PostgresError.self) { try row.decode("nothing", as: String.self) }
                #expect(throws: PostgresError.self) { try row.decode(at: 1, as: String.self) }
                let error = #expect(throws: PostgresError.self) { try row.decode("word", as: Int.self) }
                #expect(error?.code == .decoding)
                #expect(error?.message == "column \"word\" holds \"abc\", which is no Int")
            }
        }

        @Test("A text with U+0000 is refused before it is cut")
        func zero() async throws {
            try await withClient { client async throws in
                let error = await failure { _ = try await client.query("SELECT \("a\0b")::text") }
                #expect(error?.code == .encoding)
            }
        }
    }
}
