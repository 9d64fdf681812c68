package dev.carillon.chat;

import java.security.Principal;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who asks for something.
 *
 * @param name the user's name, empty for a guest
 * @param standing what the user is to the service as a whole
 */
record Caller(String name, Standing standing) {

	/**
	 * What a user is to the service as a whole, whatever the room.
	 */
	enum Standing {

		/** Has not said who they are. Reads public rooms. */
		GUEST,
		/** Has signed in. */
		USER,
		/** Has the role ADMIN, and so moderates every room. */
		ADMIN

	}

	static Caller of(@Nullable Principal principal) {
		if (!(principal instanceof Authentication user) || !user.isAuthenticated() || has(user, "ROLE_GUEST")
				|| has(user, "ROLE_ANONYMOUS")) {
			return new Caller("", Standing.GUEST);
		}
		return new Caller(user.getName(), has(user, "ROLE_ADMIN") ? Standing.ADMIN : Standing.USER);
	}

	private static boolean has(Authentication user, String authority) {
		return user.getAuthorities().stream().map(GrantedAuthority::getAuthority).anyMatch(authority::equals);
	}

	/**
	 * The name, or null for a guest, as {@link RoomAccess} wants it.
	 */
	@Nullable String nameOrNull() {
		return (this.standing != Standing.GUEST) ? this.name : null;
	}

	/**
	 * The same caller, if signed in.
	 * @throws Refusal for a guest
	 */
	Caller signedIn() {
		if (this.standing == Standing.GUEST) {
			throw new Refusal(Refusal.Code.ACCESS_DENIED, "Guests may read public rooms; sign in for this");
		}
		return this;
	}

}
