package dev.carillon.http;

import java.util.List;

import dev.carillon.security.Addresses;
import dev.carillon.security.Guest;
import dev.carillon.security.Logins;
import dev.carillon.security.SignIn;
import dev.carillon.topic.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * How the pages sign in: {@code /api/session} keeps a cookie, and with it a page fetches
 * tickets. The cookie is worth nothing at the handshake.
 */
@RestController
final class SignInController {

	private final Logins logins;

	private final SecurityContextRepository contexts;

	private final boolean demo;

	SignInController(Logins logins, SecurityContextRepository contexts, Environment environment) {
		this.logins = logins;
		this.contexts = contexts;
		this.demo = environment.matchesProfiles("demo");
	}

	/**
	 * Who is signed in.
	 *
	 * @param user the name
	 * @param roles the roles
	 * @param guest whether nobody is
	 * @param demo whether there are the users of the demo profile, whose passwords
	 * everybody knows
	 */
	record Who(String user, List<String> roles, boolean guest, boolean demo) {

		static Who of(Authentication user, boolean demo) {
			List<String> roles = user.getAuthorities()
				.stream()
				.map((authority) -> String.valueOf(authority.getAuthority()))
				.filter((authority) -> authority.startsWith("ROLE_"))
				.map((authority) -> authority.substring("ROLE_".length()))
				.sorted()
				.toList();
			return new Who(user.getName(), roles, user instanceof Guest, demo);
		}

	}

	/**
	 * What signing in takes.
	 *
	 * @param login the name
	 * @param passcode the password
	 */
	record Credentials(@Nullable String login, @Nullable String passcode) {

		/** Without the password, for logs. */
		@Override
		public String toString() {
			return "Credentials[login=" + this.login + "]";
		}

	}

	/** Also makes sure that the browser has the token against forged requests. */
	@GetMapping("/api/session")
	ResponseEntity<Who> who(Authentication user, HttpServletRequest request) {
		if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
			token.getToken();
		}
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Who.of(user, this.demo));
	}

	/**
	 * Signs in. Whoever was signed in before is signed out by it, unless it is the same
	 * user, say in another tab.
	 */
	@PostMapping("/api/session")
	ResponseEntity<Who> signIn(@RequestBody Credentials credentials, Authentication before, HttpServletRequest request,
			HttpServletResponse response) {
		if (credentials.login() == null || credentials.passcode() == null) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "login and passcode must be given");
		}
		Authentication user = this.logins.authenticate(credentials.login(), credentials.passcode(),
				Addresses.groupOf(request.getRemoteAddr()));
		if (request.getSession(false) != null) {
			request.changeSessionId();
		}
		SignIn earlier = SignIn.of(before);
		boolean goesOn = earlier != null && before.getName().equals(user.getName());
		if (user instanceof AbstractAuthenticationToken token) {
			token.setDetails(goesOn ? earlier : new SignIn());
		}
		if (earlier != null && !goesOn) {
			earlier.end();
		}
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(user);
		SecurityContextHolder.setContext(context);
		this.contexts.saveContext(context, request, response);
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Who.of(user, this.demo));
	}

	/** Signs out, which ends what was opened with this sign-in and its tickets. */
	@DeleteMapping("/api/session")
	ResponseEntity<Void> signOut(Authentication user, HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.invalidate();
		}
		SecurityContextHolder.clearContext();
		SignIn signIn = SignIn.of(user);
		if (signIn != null) {
			signIn.end();
		}
		return ResponseEntity.noContent().build();
	}

}
