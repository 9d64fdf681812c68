package dev.carillon.security;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Checks bearer tokens. May ask the issuer for its keys, so not to be called on a
 * delivery loop.
 */
public final class Tokens {

	private static final String BEARER = "Bearer ";

	private final @Nullable JwtDecoder decoder;

	private final Converter<Jwt, AbstractAuthenticationToken> converter;

	/**
	 * A checker.
	 * @param decoder checks signature, issuer, audience and times; null if no issuer is
	 * configured
	 */
	public Tokens(@Nullable JwtDecoder decoder, Converter<Jwt, AbstractAuthenticationToken> converter) {
		this.decoder = decoder;
		this.converter = converter;
	}

	/**
	 * The user of an {@code Authorization} header.
	 * @throws Refusal if it is no bearer token or not a valid one; the message does not
	 * say what exactly is wrong with it
	 */
	public Authentication authenticate(String authorization) {
		if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			throw new Refusal(Refusal.Code.LOGIN_FAILED, "Authorization must be a bearer token");
		}
		return verify(authorization.substring(BEARER.length()).strip());
	}

	/**
	 * The user of a token.
	 * @throws Refusal as {@link #authenticate}
	 */
	public Authentication verify(String token) {
		if (this.decoder == null) {
			throw new Refusal(Refusal.Code.LOGIN_FAILED,
					"Bearer tokens are not accepted here: no issuer is configured");
		}
		try {
			AbstractAuthenticationToken user = this.converter.convert(this.decoder.decode(token));
			if (user != null) {
				return user;
			}
		}
		catch (JwtException | AuthenticationException _) {
			// refused below
		}
		throw new Refusal(Refusal.Code.LOGIN_FAILED, "The bearer token is not valid");
	}

	/**
	 * Whether the token of a user has ended.
	 * @param leeway how much later it still counts
	 */
	public static boolean isOver(Principal user, Instant now, Duration leeway) {
		return expiry(user).map((end) -> now.isAfter(end.plus(leeway))).orElse(false);
	}

	/**
	 * When the token of a user ends, if there is one that does.
	 */
	public static Optional<Instant> expiry(Principal user) {
		return (user instanceof JwtAuthenticationToken token) ? Optional.ofNullable(token.getToken().getExpiresAt())
				: Optional.empty();
	}

}
