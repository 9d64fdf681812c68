package dev.carillon.security;

import dev.carillon.topic.Refusal;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Checks logins and passcodes. Takes as long as the password's encoding is meant to take;
 * not to be called on a delivery loop.
 */
public final class Logins {

	private final AuthenticationManager authenticationManager;

	public Logins(AuthenticationManager authenticationManager) {
		this.authenticationManager = authenticationManager;
	}

	/**
	 * The user with these credentials, without the passcode.
	 * @param address where the attempt comes from
	 * @throws Refusal if there is none; the message does not tell which of the two was
	 * wrong
	 */
	public Authentication authenticate(String login, String passcode, String address) {
		UsernamePasswordAuthenticationToken attempt = UsernamePasswordAuthenticationToken.unauthenticated(login,
				passcode);
		attempt.setDetails(address);
		try {
			return this.authenticationManager.authenticate(attempt);
		}
		catch (LoginThrottle.Throttled throttled) {
			throw throttled.refusal();
		}
		catch (AuthenticationException ex) {
			throw new Refusal(Refusal.Code.LOGIN_FAILED, "The login or the passcode is wrong");
		}
	}

}
