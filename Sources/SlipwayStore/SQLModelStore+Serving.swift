import Foundation
import Postgres
package import SlipwayCore

extension SQLModelStore {
    package func describe(
        name: String, version: Int?, description: String?, for viewer: Viewer
    ) async throws -> AliasOutcome {
        try await ownerChecked(name, for: viewer) {
            guard let version else {
                return try await database.query(
                    "UPDATE models SET description = \(description) WHERE name = \(name) RETURNING name"
                ).first != nil
            }
            return try await database.query(
                """
                UPDATE model_versions SET description = \(description)
                WHERE name = \(name) AND version = \(version) AND published_at IS NOT NULL RETURNING version
                """
            ).first != nil
        }
    }

    package func description(of name: String) async throws -> String? {
        try await database.query("SELECT description FROM models WHERE name = \(name)").first?
            .decode("description", as: String?.self)
    }

    package func setSettings(
        _ settings: ServingSettings, of name: String, for viewer: Viewer
    ) async throws -> AliasOutcome {
        let text = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
        return try await ownerChecked(name, for: viewer) {
            try await database.query("UPDATE models SET settings = \(text)::json WHERE name = \(name) RETURNING name")
                .first != nil
        }
    }

    package func changes() -> any AsyncSequence<ModelChange, any Error> & Sendable {
        database.client.notifications(on: ["slipway_models"]).map { event -> ModelChange in
            switch event {
            case .subscribed, .resubscribed: .all
            case .notification(let notification): .model(notification.payload)
            }
        }
    }
}
