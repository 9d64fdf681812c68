package dev.carillon.support.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID Connect issuer with one key, and a forger who has another.
 */
public final class Issuer implements AutoCloseable {

	private final HttpServer server;

	private final RSAKey key;

	private final RSAKey forged;

	private Issuer() throws IOException, JOSEException {
		this.key = new RSAKeyGenerator(2048).keyID("one").generate();
		this.forged = new RSAKeyGenerator(2048).keyID("one").generate();
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		Map<String, Object> configuration = Map.of("issuer", uri(), "jwks_uri", uri() + "/keys",
				"subject_types_supported", List.of("public"));
		answer("/.well-known/openid-configuration", JsonMapper.shared().writeValueAsBytes(configuration));
		answer("/keys", new JWKSet(this.key).toString(true).getBytes(StandardCharsets.UTF_8));
		this.server.start();
	}

	public static Issuer start() {
		try {
			return new Issuer();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void answer(String path, byte[] body) {
		this.server.createContext(path, (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, body.length);
			try (var out = exchange.getResponseBody()) {
				out.write(body);
			}
		});
	}

	public String uri() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** The claims of a good token, which lasts for an hour. */
	public JWTClaimsSet.Builder claims(String user) {
		return new JWTClaimsSet.Builder().issuer(uri())
			.subject(user)
			.audience("carillon")
			.claim("roles", List.of("user"))
			.notBeforeTime(Date.from(Instant.now().minusSeconds(5)))
			.expirationTime(Date.from(Instant.now().plusSeconds(3600)));
	}

	/** A good token. */
	public String token(String user) {
		return sign(claims(user).build());
	}

	/** A token that ends at a time. */
	public String token(String user, Instant end) {
		return sign(claims(user).expirationTime(Date.from(end)).build());
	}

	public String sign(JWTClaimsSet claims) {
		return sign(claims, this.key);
	}

	/** A token signed with a key that the issuer does not have, under its key's name. */
	public String forge(JWTClaimsSet claims) {
		return sign(claims, this.forged);
	}

	/** A token that is not signed at all. */
	public static String unsigned(JWTClaimsSet claims) {
		return new PlainJWT(claims).serialize();
	}

	/** A token signed with the public key's text as the secret of HMAC. */
	public String confused(JWTClaimsSet claims) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims);
			token.sign(new MACSigner(this.key.toRSAPublicKey().getEncoded()));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String sign(JWTClaimsSet claims, RSAKey with) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims);
			token.sign(new RSASSASigner(with));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
