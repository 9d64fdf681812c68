package dev.carillon.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Identity.
 *
 * @param users users that are known here rather than to an issuer of tokens, by name
 * @param allowedOrigins the web origins, besides the service's own, whose pages may
 * connect and read, such as https://app.example.org; patterns such as
 * https://*.example.org are allowed
 * @param ticketLife how long a ticket for the WebSocket handshake can be used
 * @param tokenLeeway how far clocks may differ when the times of a token are checked
 * @param tokenWarning how long before the end of a token its session is warned
 * @param rolesClaim the claim of a token that lists the roles of its user
 */
@ConfigurationProperties("carillon.security")
public record SecurityProperties(@DefaultValue Map<String, User> users, @DefaultValue List<String> allowedOrigins,
		@DefaultValue("30s") Duration ticketLife, @DefaultValue("30s") Duration tokenLeeway,
		@DefaultValue("60s") Duration tokenWarning, @DefaultValue("roles") String rolesClaim) {

	public SecurityProperties {
		users.forEach((name, user) -> {
			if (name.isBlank() || name.startsWith(Guest.PREFIX) || name.chars().anyMatch(Character::isISOControl)) {
				throw new IllegalArgumentException(
						"carillon.security.users has a name that nobody may have: it is empty, begins with "
								+ Guest.PREFIX + " or has control characters");
			}
			String password = user.password();
			if (password == null || !password.startsWith("{") || password.startsWith("{noop}")) {
				throw new IllegalArgumentException(
						"carillon.security.users." + name + ".password must be an encoded password such as {bcrypt}…");
			}
		});
		if (allowedOrigins.contains("*")) {
			throw new IllegalArgumentException(
					"carillon.security.allowed-origins must name origins; * would let every page connect");
		}
		if (!ticketLife.isPositive() || tokenLeeway.isNegative() || tokenWarning.isNegative()) {
			throw new IllegalArgumentException(
					"carillon.security: ticket-life must be above 0, token-leeway and " + "token-warning at least 0");
		}
		allowedOrigins = List.copyOf(allowedOrigins);
	}

	/**
	 * One user.
	 *
	 * @param password the encoded password, with the name of its encoding in braces
	 * @param roles the roles, without a prefix
	 */
	public record User(@Nullable String password, @DefaultValue Set<String> roles) {

		@Override
		public String toString() {
			return "User[roles=" + this.roles + "]";
		}

	}

}
