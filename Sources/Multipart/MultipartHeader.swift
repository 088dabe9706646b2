/// One header field of a part, unfolded, without the blanks around its value.
package struct MultipartHeader: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
