/// One line that shows how far a transfer is.
package struct ProgressLine: Sendable {
    private let title: String
    private let total: Int64

    package init(title: String, total: Int64) {
        self.title = title
        self.total = total
    }

    /// `title [#####-----]  50 %  1.0 GB of 2.0 GB  120 MB/s`, not wider than `width` columns.
    package func text(done: Int64, elapsed: Duration, width: Int) -> String {
        let share = total > 0 ? min(max(Double(done) / Double(total), 0), 1) : 1
        let percent = "\(Int(share * 100)) %"
        let seconds = elapsed / .seconds(1)
        let speed = seconds > 0.2 ? "  \(ByteCount.text(Int64(Double(done) / seconds)))/s" : ""
        let figures =
            String(repeating: " ", count: 5 - percent.count) + percent
            + "  \(ByteCount.text(done)) of \(ByteCount.text(total))\(speed)"
        let room = min(40, width - title.count - figures.count - 5)
        guard room >= 5 else { return String("\(title) \(figures)".prefix(max(width, 0))) }
        let filled = Int(share * Double(room))
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: room - filled)
        return "\(title) [\(bar)] \(figures)"
    }
}
