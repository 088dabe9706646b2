import CPostgres
import Glibc

/// Owns one result of libpq.
///
/// `@unchecked Sendable`: libpq never changes a PGresult that PQgetResult has handed out, all calls here only read it,
/// and PQclear runs in `deinit`, when nobody else holds it.
final class ResultStorage: @unchecked Sendable {
    private let result: OpaquePointer
    let rowCount: Int
    let columnCount: Int

    /// Takes `result` over.
    init(_ result: OpaquePointer) {
        self.result = result
        rowCount = Int(PQntuples(result))
        columnCount = Int(PQnfields(result))
    }

    deinit {
        PQclear(result)
    }

    /// Rows that INSERT, UPDATE, DELETE, MERGE or SELECT concerned.
    var affectedRows: Int {
        Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// The command's tag, as `INSERT 0 1` or `ROLLBACK`.
    var commandTag: String {
        String(cString: PQcmdStatus(result))
    }

    func columnName(_ column: Int) -> String {
        PQfname(result, Int32(column)).map { String(cString: $0) } ?? "\(column)"
    }

    func column(named name: String) -> Int? {
        name.withCString { wanted in
            (0..<columnCount).first { column in
                guard let found = PQfname(result, Int32(column)) else { return false }
                return strcmp(found, wanted) == 0
            }
        }
    }

    func decode<T: PostgresDecodable>(row: Int, column: Int) throws -> T {
        let (row, index) = (Int32(row), Int32(column))
        guard PQgetisnull(result, row, index) == 0, let value = PQgetvalue(result, row, index) else {
            return try T.decodeNull(column: columnName(column))
        }
        let length = Int(PQgetlength(result, row, index))
        return try value.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
            try T.decode(
                PostgresCell(utf8: UnsafeBufferPointer(start: bytes, count: length), columnOf: self, at: column))
        }
    }
}
