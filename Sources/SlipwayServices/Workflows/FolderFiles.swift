import Foundation
import SlipwayCore

/// What a request names of a folder's files. All calls block.
struct FolderFiles: Sendable {
    /// The folder's name.
    let folder: String
    /// Where the version's files are.
    let path: String

    struct Checked: Sendable, Hashable {
        /// Whether files are read through XRootD.
        var isRemote: Bool
    }

    /// Bytes of a list of files, and of the parameters.
    static let longestText: Int64 = 1 << 20

    private static let longestPath = 1000
    private static let listed = 500

    /// - Throws: `SlipwayError` of code `invalid` with every field at fault.
    func check(_ request: WorkflowRequest) throws -> Checked {
        var faults: [FieldFault] = []
        let list = file(request.files, "files", &faults)
        if Self.mustBeFile(label: request.labels) || open(request.labels) != nil {
            _ = file(request.labels, "labels", &faults)
        } else if let fault = branchFault(request.labels) {
            faults.append(fault)
        }
        _ = file(request.model, "model", &faults)
        let parameters = file(request.params, "params", &faults)
        if let preproc = request.preproc { _ = file(preproc, "preproc", &faults) }

        var isRemote = false
        if let list, let text = text(of: list, request.files, "files", &faults) {
            let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            if lines.allSatisfy(\.isEmpty) {
                faults.append(fault("files", request.files, "names no file; write one ROOT file a line"))
            }
            isRemote = lines.contains(where: Self.isRemote)
        }
        if let parameters, let text = text(of: parameters, request.params, "params", &faults),
            let wrong = Self.whatIsWrong(withParameters: text)
        {
            faults.append(fault("params", request.params, wrong))
        }
        guard faults.isEmpty else {
            throw SlipwayError(.invalid, "The folder “\(folder)” cannot be trained from this way.", faults: faults)
        }
        return Checked(isRemote: isRemote)
    }

    /// A path of the grid's name space, which the redirector resolves, or a whole XRootD address.
    static func isRemote(_ line: String) -> Bool {
        ["/store/", "root://", "roots://", "xroot://", "xroots://"].contains { line.hasPrefix($0) }
    }

    /// What has a dot or a slash in it is no branch that somebody would name here.
    private static func mustBeFile(label: String) -> Bool {
        label.isEmpty || label.contains { $0 == "." || $0 == "/" }
    }

    private func branchFault(_ name: String) -> FieldFault? {
        let isBranch =
            name.utf8.count <= 200
            && !name.unicodeScalars.contains { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
        // A name that is nearly a file's is a misspelled file rather than a branch.
        guard isBranch, NearestName.to(name, among: names) == nil else { return missing("labels", name) }
        return nil
    }

    private func file(_ name: String, _ field: String, _ faults: inout [FieldFault]) -> OpenFile? {
        guard !name.isEmpty else {
            faults.append(fault(field, nil, "is missing: name a file of the folder; it has \(listing)"))
            return nil
        }
        guard Self.isPlain(name) else {
            faults.append(fault(field, name, "must be the path of a file within the folder, such as files_local.txt"))
            return nil
        }
        guard let file = open(name) else {
            faults.append(missing(field, name))
            return nil
        }
        return file
    }

    private func open(_ name: String) -> OpenFile? {
        Self.isPlain(name) ? StoredFile.at("\(path)/\(name)", within: path)?.content : nil
    }

    private func missing(_ field: String, _ name: String) -> FieldFault {
        let hint = NearestName.to(name, among: names).map { "; did you mean “\($0)”?" } ?? "."
        return fault(field, name, "is not a file of the folder “\(folder)”\(hint) It has \(listing)")
    }

    private func text(
        of file: OpenFile, _ name: String, _ field: String, _ faults: inout [FieldFault]
    ) -> String? {
        guard file.bytes <= Self.longestText else {
            faults.append(
                fault(field, name, "has \(file.bytes) bytes; at most \(Self.longestText) are allowed for this file"))
            return nil
        }
        guard let text = String(validating: file.contents(limit: Int(Self.longestText)), as: UTF8.self) else {
            faults.append(fault(field, name, "is not UTF-8 text"))
            return nil
        }
        return text
    }

    private static func whatIsWrong(withParameters text: String) -> String? {
        guard let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(text.utf8)) else {
            return "is not JSON. \(TaskConfigReader.explain(text))"
        }
        if case .object = tree { return nil }
        return "must hold one JSON object, but holds \(tree.kind)"
    }

    /// Relative, of plain names, and one line.
    private static func isPlain(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return name.utf8.count <= longestPath && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
            && !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    private var names: [String] { OpenFolder(path)?.files(limit: Self.listed).map(\.path) ?? [] }

    private var listing: String { TaskConfigReader.list(names) }

    private func fault(_ field: String, _ value: String?, _ message: String) -> FieldFault {
        FieldFault(path: field, value: value, message: message)
    }
}
