/// The inference engines that this server knows.
package struct EngineListAnswer: Codable, Sendable {
    package var engines: [Engine]

    package struct Engine: Codable, Sendable {
        package var name: String
        /// The runtime's version; absent where it is not installed.
        package var version: String?
        /// What is missing and how to get it; absent where nothing is.
        package var problem: String?

        package init(name: String, version: String?, problem: String?) {
            self.name = name
            self.version = version
            self.problem = problem
        }
    }

    package init(engines: [Engine]) {
        self.engines = engines
    }
}
