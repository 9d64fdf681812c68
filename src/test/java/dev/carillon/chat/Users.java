package dev.carillon.chat;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Users as the security of the service presents them.
 */
final class Users {

	private Users() {
	}

	static Authentication user(String name) {
		return with(name, "ROLE_USER");
	}

	static Authentication guest(String name) {
		return with(name, "ROLE_GUEST");
	}

	static Authentication admin(String name) {
		return with(name, "ROLE_ADMIN");
	}

	private static Authentication with(String name, String authority) {
		return UsernamePasswordAuthenticationToken.authenticated(name, "",
				AuthorityUtils.createAuthorityList(authority));
	}

}
