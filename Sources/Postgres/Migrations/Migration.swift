/// One step of the schema, forth and back.
package struct Migration: Hashable, Sendable {
    /// Its place in the order; numbers are unique and may leave gaps.
    package let number: Int
    package let name: String
    /// SQL that makes the step; several statements are allowed, BEGIN and COMMIT are not.
    package let up: String
    /// SQL that takes it back.
    package let down: String

    package init(number: Int, name: String, up: String, down: String) {
        self.number = number
        self.name = name
        self.up = up
        self.down = down
    }
}
