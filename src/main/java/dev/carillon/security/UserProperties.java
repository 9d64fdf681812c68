package dev.carillon.security;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Users that are known here rather than to an issuer of tokens.
 *
 * @param users the users by name
 */
@ConfigurationProperties("carillon.security")
public record UserProperties(@DefaultValue Map<String, User> users) {

	public UserProperties {
		users.forEach((name, user) -> {
			if (name.isBlank() || name.startsWith(Guest.PREFIX) || name.chars().anyMatch(Character::isISOControl)) {
				throw new IllegalArgumentException(
						"carillon.security.users has a name that nobody may have: it is empty, begins with "
								+ Guest.PREFIX + " or has control characters");
			}
			if (user.password() == null || !user.password().startsWith("{")) {
				throw new IllegalArgumentException(
						"carillon.security.users." + name + ".password must be an encoded password such as {bcrypt}…");
			}
		});
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
