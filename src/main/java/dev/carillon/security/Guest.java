package dev.carillon.security;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Somebody who has not said who they are. Has a name of their own, so that answers can
 * reach them, and the role GUEST.
 */
public final class Guest extends AbstractAuthenticationToken {

	private static final List<GrantedAuthority> AUTHORITIES = List.of(new SimpleGrantedAuthority("ROLE_GUEST"));

	/** What the names of guests begin with; no user may have such a name. */
	public static final String PREFIX = "guest-";

	private final String name;

	/**
	 * A guest.
	 * @param id tells the guest from others
	 */
	public Guest(String id) {
		super(AUTHORITIES);
		this.name = PREFIX + id;
		// Known to be nobody in particular, which is why rules ask for the type.
		super.setAuthenticated(true);
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	@Override
	public Object getPrincipal() {
		return this.name;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Guest guest && this.name.equals(guest.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

}
