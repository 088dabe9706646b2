import ArgumentParser
import SlipwayClient

extension ModelSelector: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
