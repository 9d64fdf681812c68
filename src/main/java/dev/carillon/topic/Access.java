package dev.carillon.topic;

import java.util.Locale;

/**
 * Who may do something with the topics of a family.
 */
public sealed interface Access {

	/** Everybody, guests too. */
	record Anyone() implements Access {

		@Override
		public String toString() {
			return "anyone";
		}
	}

	/** Whoever has proved who they are. */
	record Authenticated() implements Access {

		@Override
		public String toString() {
			return "authenticated";
		}
	}

	/**
	 * Whoever has a role.
	 *
	 * @param name the role, without a prefix, in upper case
	 */
	record Role(String name) implements Access {

		@Override
		public String toString() {
			return "role:" + this.name;
		}
	}

	/**
	 * The one user whose name stands in the destination.
	 *
	 * @param variable the named segment of the pattern that holds the name
	 */
	record User(String variable) implements Access {

		@Override
		public String toString() {
			return "user:{" + this.variable + "}";
		}
	}

	/**
	 * Whoever a rule of the application lets in, see {@link AccessRule}.
	 *
	 * @param name the name of the rule
	 */
	record Rule(String name) implements Access {

		@Override
		public String toString() {
			return "rule:" + this.name;
		}
	}

	/** No client; only the application itself. */
	record Nobody() implements Access {

		@Override
		public String toString() {
			return "nobody";
		}
	}

	/**
	 * Reads the text form: {@code anyone}, {@code authenticated}, {@code role:NAME},
	 * <code>user:{variable}</code>, {@code rule:name} or {@code nobody}.
	 * @throws IllegalArgumentException if the text is none of them
	 */
	static Access parse(String text) {
		String rule = text.strip();
		if (rule.startsWith("role:") && rule.length() > 5) {
			return new Role(rule.substring(5).toUpperCase(Locale.ROOT));
		}
		if (rule.startsWith("user:{") && rule.endsWith("}") && rule.length() > 7) {
			return new User(rule.substring(6, rule.length() - 1));
		}
		if (rule.startsWith("rule:") && rule.length() > 5) {
			return new Rule(rule.substring(5));
		}
		return switch (rule) {
			case "anyone" -> new Anyone();
			case "authenticated" -> new Authenticated();
			case "nobody" -> new Nobody();
			default -> throw new IllegalArgumentException("'" + text
					+ "' is not one of anyone, authenticated, role:NAME, user:{variable of the pattern}, rule:NAME, nobody");
		};
	}

}
