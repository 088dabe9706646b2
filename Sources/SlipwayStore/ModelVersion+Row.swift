import Foundation
import Postgres
import SlipwayCore

extension ModelVersion {
    /// What `init(row:)` reads, from `model_versions` as `v` and `users` as `u`.
    static let columns = """
        v.name, v.version, v.format, v.sha256, v.bytes, v.signature::text AS signature, v.task_id, v.owner_id,
        u.name AS owner, v.created_at,
        ARRAY(SELECT s.alias FROM model_aliases s WHERE s.name = v.name AND s.version = v.version ORDER BY s.alias)
            AS aliases,
        v.description, v.library, v.lineage::text AS lineage,
        (SELECT o.settings FROM models o WHERE o.name = v.name)::text AS settings
        """

    init(row: PostgresRow) throws {
        let signature = try row.decode("signature", as: String?.self)
        let lineage = try row.decode("lineage", as: String?.self)
        let settings = try row.decode("settings", as: String?.self)
        self.init(
            name: try row.decode("name"),
            version: try row.decode("version"),
            format: try row.decode("format"),
            sha256: try row.decode("sha256"),
            bytes: try row.decode("bytes"),
            signature: try signature.map { try JSONDecoder().decode(ModelSignature.self, from: Data($0.utf8)) },
            task: try row.decode("task_id", as: String?.self).flatMap { TaskID($0) },
            ownerID: User.ID(try row.decode("owner_id")),
            owner: try row.decode("owner"),
            createdAt: try row.decode("created_at"),
            aliases: try row.decode("aliases"),
            description: try row.decode("description"),
            library: try row.decode("library"),
            lineage: try lineage.map { try JSONDecoder().decode(Lineage.self, from: Data($0.utf8)) },
            settings: try settings.map { try JSONDecoder().decode(ServingSettings.self, from: Data($0.utf8)) }
                ?? ServingSettings())
    }
}
