/// When a message that was not taken is sent again.
enum WebhookBackOff {
    /// Seconds after the first try, the second, and so on; the last one repeats.
    private static let steps: [Double] = [5, 30, 120, 600, 3600, 21_600]
    /// Seconds after the task's end at which nothing is tried any more.
    private static let surrender = 86_400.0
    /// By how much a wait may be longer or shorter, so that what failed together does not come back together.
    static let jitter = 0.8...1.2

    /// - Parameters:
    ///   - tries: How often it was sent, from 1.
    ///   - age: Seconds since the task's end.
    /// - Returns: Seconds to wait; nil gives up.
    static func wait(afterTry tries: Int, age: Double, jitter: Double) -> Double? {
        let wait = steps[min(max(tries, 1), steps.count) - 1] * jitter
        return age + wait <= surrender ? wait : nil
    }
}
