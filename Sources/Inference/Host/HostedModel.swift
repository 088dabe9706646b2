internal import SlipwayCore

/// A model in memory with the engine that runs it.
struct HostedModel: Sendable {
    let model: any LoadedModel
    let platform: String
}
