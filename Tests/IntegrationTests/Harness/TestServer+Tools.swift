import Foundation

extension TestServer {
    /// Makes a file that the tools of the test look for.
    func touchTool(_ name: String) throws {
        guard FileManager.default.createFile(atPath: "\(toolsFolder)/\(name)", contents: Data()) else {
            throw TestFailure("\(toolsFolder)/\(name) cannot be made")
        }
    }

    func removeTool(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(toolsFolder)/\(name)")
    }

    func hasTool(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(toolsFolder)/\(name)") }
}

extension TestServer {
    /// A file that holds these bytes, and goes with the server.
    func scratch(_ bytes: Data, name: String = "scratch") throws -> String {
        let path = folder + "/" + name
        try bytes.write(to: URL(fileURLWithPath: path))
        return path
    }
}
