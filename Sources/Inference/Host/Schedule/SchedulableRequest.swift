/// What the schedule has to know of a request.
protocol SchedulableRequest: Sendable {
    /// The number of the model in memory that it wants.
    var lane: UInt64 { get }
    /// Rows that it brings into a run with others; 0 where it has to run alone.
    var rows: Int { get }
    /// Rows that one run takes at most.
    var maximumRows: Int { get }
    /// When it came, in nanoseconds.
    var arrival: UInt64 { get }
    /// Nanoseconds that it may wait for others.
    var delay: UInt64 { get }
    /// So few elements that a run of it takes no longer than the model's runs do.
    var isSmall: Bool { get }
    /// Whether one run can serve both; asked only of requests with rows, in the same lane.
    func joins(_ other: Self) -> Bool
}
