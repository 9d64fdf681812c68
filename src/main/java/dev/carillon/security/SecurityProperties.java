package dev.carillon.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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
 * @param tokenLeeway how far clocks may differ when the times of a token are checked, at
 * most a minute
 * @param tokenWarning how long before the end of a token its session is warned
 * @param rolesClaim the claim of a token that lists the roles of its user
 */
@ConfigurationProperties("carillon.security")
public record SecurityProperties(@DefaultValue Map<String, User> users, @DefaultValue List<String> allowedOrigins,
		@DefaultValue("30s") Duration ticketLife, @DefaultValue("30s") Duration tokenLeeway,
		@DefaultValue("60s") Duration tokenWarning, @DefaultValue("roles") String rolesClaim) {

	/** The library's own leeway, which holds as well. */
	private static final Duration MAX_LEEWAY = Duration.ofSeconds(60);

	/** The encodings that are slow enough to keep passwords and need no other library. */
	private static final Pattern ENCODED = Pattern
		.compile("\\{bcrypt}\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}|\\{pbkdf2(@SpringSecurity_v5_8)?}[0-9a-f]{32,}");

	public SecurityProperties {
		users.forEach((name, user) -> {
			if (user.password() == null || !ENCODED.matcher(user.password()).matches()) {
				throw new IllegalArgumentException("carillon.security.users." + name
						+ ".password must be an encoded password such as {bcrypt}$2a$10$…");
			}
			if (!UserNames.isAllowed(name)) {
				throw new IllegalArgumentException("carillon.security.users has a name that is not allowed: it must "
						+ "not begin with " + Guest.PREFIX + ", must have 1 to " + UserNames.MAX_LENGTH
						+ " characters and none that cannot be seen");
			}
		});
		if (allowedOrigins.contains("*")) {
			throw new IllegalArgumentException(
					"carillon.security.allowed-origins must name origins; * would let every page connect");
		}
		if (!ticketLife.isPositive()) {
			throw new IllegalArgumentException("carillon.security.ticket-life must be above 0");
		}
		if (tokenWarning.isNegative()) {
			throw new IllegalArgumentException("carillon.security.token-warning must be at least 0");
		}
		if (tokenLeeway.isNegative() || tokenLeeway.compareTo(MAX_LEEWAY) > 0) {
			throw new IllegalArgumentException(
					"carillon.security.token-leeway must be 0 to " + MAX_LEEWAY.toSeconds() + "s");
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
