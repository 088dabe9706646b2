/// A time as docker tells it to people: `8 seconds`, `About a minute`, `5 hours`.
///
/// The steps are those of `HumanDuration` in docker's Go package go-units.
enum HumanDuration {
    static func text(seconds: Double) -> String {
        let whole = Int(max(0, min(seconds, 1e12)))
        let minutes = whole / 60
        // Hours alone are rounded.
        let hours = (whole + 1800) / 3600
        switch (whole, minutes, hours) {
        case (0, _, _): return "Less than a second"
        case (1, _, _): return "1 second"
        case (..<60, _, _): return "\(whole) seconds"
        case (_, 1, _): return "About a minute"
        case (_, ..<60, _): return "\(minutes) minutes"
        case (_, _, 1): return "About an hour"
        case (_, _, ..<48): return "\(hours) hours"
        case (_, _, ..<(24 * 7 * 2)): return "\(hours / 24) days"
        case (_, _, ..<(24 * 30 * 2)): return "\(hours / 24 / 7) weeks"
        case (_, _, ..<(24 * 365 * 2)): return "\(hours / 24 / 30) months"
        default: return "\(whole / 3600 / 24 / 365) years"
        }
    }
}
