package dev.carillon.security;

/**
 * Which names users may have, wherever they come from: names stand in frames, in
 * destinations and in logs.
 */
final class UserNames {

	/** The longest name, in characters; encoded it still fits into a destination. */
	static final int MAX_LENGTH = 100;

	private UserNames() {
	}

	static boolean isAllowed(String name) {
		return !name.isBlank() && name.length() <= MAX_LENGTH && !name.startsWith(Guest.PREFIX)
				&& name.codePoints().noneMatch(UserNames::isUnseen);
	}

	private static boolean isUnseen(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				true;
			default -> false;
		};
	}

}
