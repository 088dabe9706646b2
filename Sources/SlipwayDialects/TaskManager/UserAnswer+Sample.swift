import SlipwayAPI
import SlipwayServer

extension UserAnswer {
    static let sample = UserAnswer(name: "ada", role: "user", refusedAccounts: [], createdAt: Samples.time)
}
