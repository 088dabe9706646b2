import CAssets
package import Postgres
import SlipwayCore

/// The database's migrations, embedded in the program.
package enum SlipwaySchema {
    /// - Throws: `SlipwayError` when a file has no partner or no number: a fault of the build.
    package static func migrations() throws -> [Migration] {
        var count = 0
        guard let assets = slipway_migrations(&count) else { return [] }
        var texts: [String: String] = [:]
        for asset in UnsafeBufferPointer(start: assets, count: count) {
            let bytes = UnsafeBufferPointer(start: asset.bytes, count: asset.count)
            texts[String(cString: asset.name)] = String(decoding: bytes, as: UTF8.self)
        }
        return try texts.keys.filter { $0.hasSuffix(".up.sql") }.sorted().map { file in
            let stem = file.dropLast(".up.sql".count)
            guard let number = Int(stem.prefix { $0 != "_" }), let up = texts[file],
                let down = texts[stem + ".down.sql"]
            else { throw SlipwayError(.internal, "The migration \(file) has no number or no way back.") }
            return Migration(number: number, name: String(stem.drop { $0 != "_" }.dropFirst()), up: up, down: down)
        }
    }
}
