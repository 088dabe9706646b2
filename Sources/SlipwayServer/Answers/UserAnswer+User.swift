package import SlipwayAPI
package import SlipwayCore

extension UserAnswer {
    package init(_ user: User) {
        self.init(
            name: user.name, role: user.role.rawValue, refusedAccounts: user.refusedAccounts, createdAt: user.createdAt)
    }
}
