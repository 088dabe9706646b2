import Foundation
import SlipwayCore

/// Gets a password without showing it, and never from an argument.
enum PasswordPrompt {
    static func read(fromStandardInput: Bool, twice: Bool) throws -> String {
        if fromStandardInput {
            guard let line = readLine(strippingNewline: true) else {
                throw SlipwayError(.invalid, "No password came on standard input.")
            }
            return line
        }
        guard isatty(STDIN_FILENO) == 1 else {
            throw SlipwayError(.invalid, "There is no terminal to ask for a password; use --password-stdin.")
        }
        let first = try ask("Password: ")
        if twice, try ask("Again: ") != first { throw SlipwayError(.invalid, "The two passwords differ.") }
        return first
    }

    private static func ask(_ question: String) throws -> String {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else {
            throw SlipwayError(.invalid, "The terminal cannot be asked for a password.")
        }
        // Nothing that is typed is shown.
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        FileHandle.standardError.write(Data(question.utf8))
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        guard let line = readLine(strippingNewline: true) else {
            throw SlipwayError(.invalid, "No password was typed.")
        }
        return line
    }
}
