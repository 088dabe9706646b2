/// The version of server and command line.
package enum SlipwayVersion {
    package static let current = "0.1.0"
}
