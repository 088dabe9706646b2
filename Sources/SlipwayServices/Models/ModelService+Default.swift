import Foundation
package import SlipwayCore

/// The model that a user's requests mean when they name none, for the APIs that have such a thing: a small file a user,
/// the same for all servers on one data root.
extension ModelService {
    private struct Choice: Codable {
        var model: String
    }

    package func defaultModel(of user: User) async throws -> String? {
        let path = choice(of: user)
        return try await BlockingIO.run {
            guard let data = StoredFile.at(path)?.content.contents(limit: 4096) else { return nil }
            return try? JSONDecoder().decode(Choice.self, from: data).model
        }
    }

    /// - Parameter model: Nil forgets the choice.
    package func setDefaultModel(_ model: String?, of user: User) async throws {
        try Self.mayChange(user)
        let path = choice(of: user)
        let folder = repository.folders.defaultModels
        guard let model else { return try await BlockingIO.run { DurableFiles.remove(path) } }
        let text = String(decoding: try JSONEncoder().encode(Choice(model: model)), as: UTF8.self)
        try await BlockingIO.run {
            try DurableFiles.createFolder(folder)
            // A name of its own for each writer, for several may write at a time.
            let own = "\(path).\(UUID().uuidString)"
            try DurableFiles.write(text, to: own)
            try DurableFiles.rename(own, to: path)
        }
    }

    private func choice(of user: User) -> String {
        "\(repository.folders.defaultModels)/\(user.id.number).json"
    }
}
