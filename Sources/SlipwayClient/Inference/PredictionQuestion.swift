package import Foundation

/// What a model is asked, in one of the media types that the server takes.
package struct PredictionQuestion: Sendable, Hashable {
    package var contentType: String
    package var body: Data
    /// Whether the first line of a table names the columns; nil leaves that to the server.
    package var hasHeader: Bool?

    /// Rows from the command line, as a table.
    ///
    /// Each argument is a row of values with commas between them; one that ends in a comma goes on in the next. Brackets
    /// around a row are taken away. Where every argument is `NAME=VALUE`, they are one row of named values.
    package init(rows arguments: [String]) {
        contentType = "text/csv"
        if let named = Self.named(arguments) {
            hasHeader = true
            body = Self.table([named.map(\.name), named.map(\.value)])
        } else {
            hasHeader = false
            body = Self.table(Self.joined(arguments).map(Self.values))
        }
    }

    /// A file as it is: a picture, a table, or a request in JSON.
    ///
    /// - Parameter name: Its name, whose extension tells what it is.
    /// - Throws: `ClientError` with code `usage` for a kind that no model takes.
    package init(file name: String, _ content: Data) throws {
        body = content
        switch (name as NSString).pathExtension.lowercased() {
        case "csv": contentType = "text/csv"
        case "json", "": contentType = "application/json"
        case "png": contentType = "image/png"
        case "jpg", "jpeg": contentType = "image/jpeg"
        default:
            throw ClientError(.usage, "\(name) is none of .csv, .json, .png and .jpg, which models can be asked about")
        }
    }

    /// Whether the values stand in a table, to which `raw` applies by the address.
    package var isTable: Bool { contentType == "text/csv" }

    private static func named(_ arguments: [String]) -> [(name: String, value: String)]? {
        let pairs = arguments.map { argument -> (name: String, value: String)? in
            guard !argument.contains(","), !argument.hasPrefix("["), let equals = argument.firstIndex(of: "=") else {
                return nil
            }
            let name = argument[..<equals].trimmingCharacters(in: .whitespaces)
            let value = argument[argument.index(after: equals)...].trimmingCharacters(in: .whitespaces)
            return name.isEmpty ? nil : (name, value)
        }
        let found = pairs.compactMap(\.self)
        return found.count == arguments.count && !found.isEmpty ? found : nil
    }

    private static func joined(_ arguments: [String]) -> [String] {
        var rows: [String] = []
        for argument in arguments {
            if let last = rows.last, last.hasSuffix(",") {
                rows[rows.count - 1] = last + argument
            } else {
                rows.append(argument)
            }
        }
        return rows
    }

    private static func values(in row: String) -> [String] {
        var row = row.trimmingCharacters(in: .whitespaces)[...]
        if row.hasPrefix("["), row.hasSuffix("]") { row = row.dropFirst().dropLast() }
        return row.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }

    /// RFC 4180: cells with quotes, commas or line ends stand in quotes.
    private static func table(_ rows: [[String]]) -> Data {
        let lines = rows.map { cells in
            cells.map { cell in
                cell.contains { "\",\r\n".contains($0) } ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
            }.joined(separator: ",")
        }
        return Data(lines.map { $0 + "\r\n" }.joined().utf8)
    }
}
