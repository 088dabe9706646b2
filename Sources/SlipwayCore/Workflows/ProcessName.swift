/// `FOLDER_NUMBER`, such as `luca_1`: the name of a process, and of the model that it leaves.
package struct ProcessName: Sendable, Hashable, CustomStringConvertible {
    package var folder: String
    /// Counts the processes of the folder from 1.
    package var number: Int

    package init(folder: String, number: Int) {
        self.folder = folder
        self.number = number
    }

    /// - Returns: nil for what names no process: no folder's name, or a number that is written otherwise than here.
    package init?(_ text: String) {
        guard let underscore = text.lastIndex(of: "_"), let number = Int32(text[text.index(after: underscore)...]),
            number > 0
        else { return nil }
        self.init(folder: String(text[..<underscore]), number: Int(number))
        guard TrainingFolder.isName(folder), description == text else { return nil }
    }

    package var description: String { "\(folder)_\(number)" }
}
